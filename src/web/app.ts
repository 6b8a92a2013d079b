import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Services } from './services';
import { compressPages, serveAssets } from './compression';
import type { WebConfig } from './config';
import { faultPage, missingPage } from './errors';
import { health } from './health';
import { rememberLanguage } from './language';
import { limitForms } from './limit-requests';
import { logRequests, webLogs } from './request-log';
import { apiRoutes } from './routes/api';
import { eventRoutes } from './routes/events';
import { homeRoutes } from './routes/home';
import { openDataRoutes } from './routes/open-data';
import { programmeRoutes } from './routes/programme';
import { libraryRoutes } from './routes/library';
import { letterRoutes } from './routes/letters';
import { mailboxRoutes } from './routes/mailbox';
import { registrationRoutes } from './routes/registrations';
import { staffRoutes } from './routes/staff';
import { siteRoutes } from './routes/site';
import { surveyRoutes } from './routes/survey';
import { countTooLarge } from './routes/survey/misuse';
import { requireSameOrigin } from './same-origin';
import { securityHeaders } from './security-headers';
import { keepSharedPages } from './shared-pages';
import { publicHttps } from './site-address';
import { requireSoundHost } from './sound-host';
import { staffSessions } from './staff-sessions';
import { useViews } from './views';

/**
 * The web application: a pure function of its services and settings; it listens to nothing. Middleware stands in the
 * order in which things happen to a request.
 */
export function createApp(services: Services, config: WebConfig): Express {
  const app = express();
  const logs = webLogs(services.clock, config);
  useViews(app, config.keepViews ?? config.production);
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustProxy);
  app.set(publicHttps, config.baseUrl?.startsWith('https:') ?? false);
  app.enable('case sensitive routing');
  app.locals['operator'] = config.operator ?? null;
  app.disable('x-powered-by');
  app.disable('etag');

  app.use(helmet(securityHeaders(config.baseUrl)));
  app.use('/assets', serveAssets());
  app.get('/health', health(services.store));
  app.use(logRequests(logs));
  app.use(compressPages());
  app.use(requireSoundHost(config.baseUrl));
  app.use(rememberLanguage());
  app.use(requireSameOrigin(config.baseUrl));
  app.use('/staff', staffSessions(services.sessions, config));
  if (config.production) app.use(keepSharedPages(app));
  app.use(limitForms(services, config.formLimits));
  // Who may send at all is settled before anything that was sent is read.
  app.use(staffRoutes(services));
  app.use(
    /^\/survey\/[^/]+\/(card|resume|code|begin)$/,
    express.urlencoded({ extended: false, limit: '4kb', parameterLimit: 20 }),
  );
  app.use(express.urlencoded({ extended: false, limit: '512kb', parameterLimit: 2000 }));

  // Respondents come in crowds: their addresses are looked through first.
  app.use(surveyRoutes(services));
  app.use(homeRoutes(services));
  app.use(siteRoutes(config.baseUrl));
  app.use(programmeRoutes(services));
  app.use(libraryRoutes(services));
  app.use(openDataRoutes(services));
  app.use(apiRoutes(services));
  app.use(letterRoutes(services));
  app.use(eventRoutes(services, config.baseUrl));
  app.use(registrationRoutes(services, config.baseUrl));
  app.use(mailboxRoutes(services, config.baseUrl));

  app.use(missingPage());
  app.use(countTooLarge(services));
  app.use(faultPage(logs, services.ids));
  return app;
}
