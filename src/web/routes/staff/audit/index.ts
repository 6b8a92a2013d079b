import type { StaffRoute } from '../routes';
import { auditCsv, auditPage } from './audit';

/** The log of what the staff does. */
export const auditRoutes: readonly StaffRoute[] = [
  ['get', '/staff/audit', 'audit.read', auditPage],
  ['get', '/staff/audit.csv', 'audit.read', auditCsv],
];
