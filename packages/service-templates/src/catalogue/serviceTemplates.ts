import { goRestApi } from './goRestApi';
import { nodejsRestApi } from './nodejsRestApi';
import { pythonRestApi } from './pythonRestApi';
import { ServiceTemplate } from './ServiceTemplate';

/** Every template there is; a new one is one more entry. */
export const serviceTemplates: readonly ServiceTemplate[] = [
  goRestApi,
  nodejsRestApi,
  pythonRestApi,
];
