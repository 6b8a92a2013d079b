import { hideSelection } from './parts/hide-selection';
import { refreshWhatRuns } from './parts/refresh';

hideSelection();
refreshWhatRuns();

/** Buttons that copy a link; without JavaScript there is the field to copy from, and no button. */
for (const box of document.querySelectorAll<HTMLElement>('[data-copy]')) {
  const field = box.querySelector('input');
  const button = box.querySelector('button');
  const status = box.querySelector('[role="status"]');
  if (!field || !button || !status) continue;
  button.hidden = false;
  button.addEventListener('click', () => {
    field.select();
    // Only pages that came by https (or from this machine) may write to the clipboard.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const copied = clipboard ? clipboard.writeText(field.value) : Promise.reject(new Error('no clipboard'));
    copied.then(
      () => (status.textContent = box.dataset['copied'] ?? ''),
      () => (status.textContent = box.dataset['failed'] ?? ''),
    );
  });
}
