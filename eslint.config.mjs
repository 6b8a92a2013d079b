import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';

/**
 * The house's one-way streets (src/README.md draws them). Each zone names what its files may not import and where
 * such code should go instead.
 */
const order = [
  { zone: 'shared', may: [] },
  { zone: 'locales', may: ['shared'] },
  { zone: 'definitions', may: ['shared'] },
  { zone: 'scoring', may: ['shared', 'definitions'] },
  { zone: 'storage', may: ['shared'] },
  { zone: 'territory', may: ['shared', 'storage'] },
  { zone: 'letters', may: ['shared', 'locales', 'storage'] },
  { zone: 'files', may: ['shared', 'storage'] },
  { zone: 'assessment', may: ['shared', 'definitions', 'scoring', 'storage', 'territory', 'files'] },
  { zone: 'collection', may: ['shared', 'locales', 'definitions', 'storage', 'letters', 'assessment'] },
  {
    zone: 'events',
    may: ['shared', 'locales', 'definitions', 'storage', 'territory', 'letters', 'programme/document'],
  },
  { zone: 'cooperation', may: ['shared', 'storage', 'territory'] },
  {
    zone: 'advisory',
    may: ['shared', 'definitions', 'storage', 'territory', 'files', 'cooperation', 'programme/document'],
  },
  { zone: 'accounts', may: ['shared', 'locales', 'storage', 'letters'] },
  {
    zone: 'programme',
    may: [
      'shared',
      'locales',
      'definitions',
      'scoring',
      'storage',
      'territory',
      'assessment',
      'events',
      'cooperation',
      'advisory',
    ],
  },
  { zone: 'reports', may: ['shared', 'locales', 'definitions', 'scoring', 'assessment', 'programme'] },
  {
    zone: 'publishing',
    may: [
      ...['shared', 'locales', 'definitions', 'scoring', 'storage', 'territory', 'files'],
      ...['assessment', 'programme', 'reports'],
    ],
  },
  { zone: 'handouts', may: ['shared', 'locales', 'definitions', 'reports/print'] },
];

const advice = {
  shared: 'src/shared imports nothing of ours: move what needs more into the module that needs it.',
  locales: 'src/locales only turns keys into words: pass it what it needs.',
  definitions:
    'src/definitions knows instruments and rules only: code that needs answers of people or storage goes to src/assessment.',
  scoring: 'src/scoring is pure arithmetic over definitions and answers: load data in src/assessment and pass it in.',
  storage: 'src/storage knows documents, not their meaning: code that knows rounds or events goes to their own module.',
  assessment:
    'src/assessment does not know pages, reports or engines: put presentation in src/web or src/reports, engines in src/storage.',
  territory: 'src/territory knows gminas and powiats only: what happens in them goes to their own module.',
  letters:
    'src/letters sends what is owed and knows nobody it is owed to: what a letter says goes to the module that owes it.',
  files: 'src/files keeps bytes and knows nobody they belong to: who may see a file is settled in src/web.',
  collection:
    'src/collection gathers answers and hands them over sealed: what is computed of them goes to src/assessment, pages to src/web.',
  events:
    'src/events stands beside assessment and advisory, not on them: what reads several of them goes to src/programme.',
  advisory:
    'src/advisory stands beside assessment and events, not on them: what reads several of them goes to src/programme.',
  cooperation:
    'src/cooperation knows the annual programmes of units only: recommendations and pages come in through src/web.',
  accounts: 'src/accounts knows people and sign-in only.',
  programme: 'src/programme reads assessment, events and advisory; presentation goes to src/web or src/reports.',
  reports:
    'src/reports makes the report model, charts and tables: printing goes to src/adapters/pdf, pages to src/web.',
  publishing:
    'src/publishing keeps editions, their files and the jobs that make them: pages go to src/web, printing to src/adapters/pdf.',
  handouts: 'src/handouts lays out what is handed out on paper: codes and rounds come in as data from src/web.',
};

const zones = order.map(({ zone, may }) => ({
  target: `./src/${zone}`,
  from: './src',
  except: [`./${zone}`, ...may.map((name) => `./${name}`)],
  message: advice[zone],
}));

zones.push(
  {
    target: './src/adapters',
    from: ['./src/web', './src/compose.ts', './src/parts.ts', './src/main.ts', './src/commands'],
    message: 'Adapters and web never see each other: pass what is needed through compose.ts.',
  },
  {
    target: './src/web',
    from: [
      './src/adapters',
      './src/storage/mongo',
      './src/storage/embedded',
      './src/compose.ts',
      './src/parts.ts',
      './src/main.ts',
    ],
    message: 'Adapters and engines are chosen in compose.ts: take the service as a parameter of createApp.',
  },
  {
    target: [
      './src/assessment',
      './src/letters',
      './src/files',
      './src/collection',
      './src/events',
      './src/cooperation',
      './src/advisory',
      './src/accounts',
      './src/programme',
      './src/reports',
      './src/publishing',
    ],
    from: ['./src/storage/mongo', './src/storage/embedded'],
    message: 'The domain knows the port (src/storage/port.ts) only; engines are chosen in compose.ts.',
  },
);

const facedScoring = {
  target: order
    .map(({ zone }) => zone)
    .filter((zone) => zone !== 'scoring')
    .concat('adapters', 'web', 'commands', 'demo')
    .map((zone) => `./src/${zone}`),
  from: './src/scoring',
  except: ['./index.ts'],
  message: 'Only the face of scoring (src/scoring/index.ts) is for others: what is published comes out of its release.',
};

const packageHomes = [
  { name: 'mongoose', home: 'src/storage/mongo' },
  { name: 'mongodb', home: 'src/storage/mongo' },
  { name: 'puppeteer', home: 'src/adapters/pdf' },
  { name: 'nodemailer', home: 'src/adapters/mail' },
  { name: 'express', home: 'src/web' },
];

const onlyAtHome = packageHomes.map(({ name, home }) => ({
  name,
  message: `${name} is used in ${home} only: put this code there and pass it in through compose.ts.`,
}));

const nodeBuiltIns = { group: ['node:*'], message: 'src/scoring has no I/O and no Node built-ins: pass the data in.' };

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'dist.*', 'out', 'data', 'coverage'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: [...zones, facedScoring], basePath: import.meta.dirname }],
      'import-x/no-cycle': 'error',
      'no-restricted-imports': ['error', { paths: onlyAtHome }],
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // The attacker looks behind the face of scoring: he releases by fewer rules, which shows what each is for. So does the
    // simulation, which scores a round once and compares it twice.
    files: ['src/commands/bench/attacker.ts', 'src/commands/bench/{attacker,statistics}/**/*.ts'],
    rules: { 'import-x/no-restricted-paths': ['error', { zones, basePath: import.meta.dirname }] },
  },
  {
    // Constant routes are what our pages are measured against.
    files: ['src/commands/bench/pages/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: onlyAtHome.filter(({ name }) => name !== 'express') }] },
  },
  ...packageHomes.map(({ home }) => ({
    files: [`${home}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: onlyAtHome.filter((one) => packageHomes.find(({ name }) => name === one.name)?.home !== home) },
      ],
    },
  })),
  {
    files: ['src/scoring/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: onlyAtHome, patterns: [nodeBuiltIns] }] },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        require: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
