import { startTelemetry } from './startTelemetry';

startTelemetry(process.env);
