import enAccounts from './en/accounts.json';
import enAdvisory from './en/advisory.json';
import enAnswers from './en/answers.json';
import enAudit from './en/audit.json';
import enClause from './en/clause.json';
import enCommon from './en/common.json';
import enCooperation from './en/cooperation.json';
import enEvents from './en/events.json';
import enInvitations from './en/invitations.json';
import enJobs from './en/jobs.json';
import enLibrary from './en/library.json';
import enFacts from './en/facts.json';
import enFiles from './en/files.json';
import enHandouts from './en/handouts.json';
import enMail from './en/mail.json';
import enMeeting from './en/meeting.json';
import enOffice from './en/office.json';
import enProgramme from './en/programme.json';
import enPublishing from './en/publishing.json';
import enRecommendations from './en/recommendations.json';
import enRefusals from './en/refusals.json';
import enReport from './en/report.json';
import enSite from './en/site.json';
import enStaff from './en/staff.json';
import enSurvey from './en/survey.json';
import enTerritory from './en/territory.json';
import plAccounts from './pl/accounts.json';
import plAdvisory from './pl/advisory.json';
import plAnswers from './pl/answers.json';
import plAudit from './pl/audit.json';
import plClause from './pl/clause.json';
import plCommon from './pl/common.json';
import plCooperation from './pl/cooperation.json';
import plEvents from './pl/events.json';
import plInvitations from './pl/invitations.json';
import plJobs from './pl/jobs.json';
import plLibrary from './pl/library.json';
import plFacts from './pl/facts.json';
import plFiles from './pl/files.json';
import plHandouts from './pl/handouts.json';
import plMail from './pl/mail.json';
import plMeeting from './pl/meeting.json';
import plOffice from './pl/office.json';
import plProgramme from './pl/programme.json';
import plPublishing from './pl/publishing.json';
import plRecommendations from './pl/recommendations.json';
import plRefusals from './pl/refusals.json';
import plReport from './pl/report.json';
import plSite from './pl/site.json';
import plStaff from './pl/staff.json';
import plSurvey from './pl/survey.json';
import plTerritory from './pl/territory.json';

/** Every word that people read, by language and namespace; imported, so that a bundle or a print carries them too. */
export const resources = {
  pl: {
    accounts: plAccounts,
    advisory: plAdvisory,
    answers: plAnswers,
    audit: plAudit,
    clause: plClause,
    common: plCommon,
    cooperation: plCooperation,
    events: plEvents,
    invitations: plInvitations,
    jobs: plJobs,
    library: plLibrary,
    facts: plFacts,
    files: plFiles,
    handouts: plHandouts,
    mail: plMail,
    meeting: plMeeting,
    office: plOffice,
    programme: plProgramme,
    publishing: plPublishing,
    recommendations: plRecommendations,
    refusals: plRefusals,
    report: plReport,
    site: plSite,
    staff: plStaff,
    survey: plSurvey,
    territory: plTerritory,
  },
  en: {
    accounts: enAccounts,
    advisory: enAdvisory,
    answers: enAnswers,
    audit: enAudit,
    clause: enClause,
    common: enCommon,
    cooperation: enCooperation,
    events: enEvents,
    invitations: enInvitations,
    jobs: enJobs,
    library: enLibrary,
    facts: enFacts,
    files: enFiles,
    handouts: enHandouts,
    mail: enMail,
    meeting: enMeeting,
    office: enOffice,
    programme: enProgramme,
    publishing: enPublishing,
    recommendations: enRecommendations,
    refusals: enRefusals,
    report: enReport,
    site: enSite,
    staff: enStaff,
    survey: enSurvey,
    territory: enTerritory,
  },
};
