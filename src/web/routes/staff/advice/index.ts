import { Router } from 'express';
import type { Services } from '../../../services';

export function adviceRoutes(_services: Services): Router {
  return Router();
}
