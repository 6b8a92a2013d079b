/** The project finds or installs a browser itself (scripts/setup.mjs), so installing packages never downloads one. */
module.exports = { skipDownload: true };
