import { textOf, type StaffForm } from '../../form';

/** When a reminder goes out. */
export const reminderForm: StaffForm = {
  fields: [
    { type: 'date', code: 'day', text: textOf('invitations:reminders.day') },
    {
      ...{ type: 'short-text', code: 'time', text: textOf('invitations:reminders.time') },
      ...{ hint: textOf('invitations:reminders.timeHint'), maxLength: 5 },
    },
  ],
  required: { day: 'invitations:reminders.missing.day', time: 'invitations:reminders.missing.time' },
};
