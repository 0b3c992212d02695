import { ApiProvider } from '@backstage/core-app-api';
import {
  alertApiRef,
  useApi,
  useApiHolder,
  type AlertApi,
  type ApiHolder,
  type ApiRef,
} from '@backstage/core-plugin-api';
import {
  toastApiRef,
  type ToastApi,
  type ToastApiMessage,
} from '@backstage/frontend-plugin-api';
import { isValidElement, useMemo, type ReactNode } from 'react';

const SEVERITIES = {
  neutral: 'info',
  info: 'info',
  success: 'success',
  warning: 'warning',
  danger: 'error',
} as const;

function textOf(node: ReactNode): string {
  if (Array.isArray(node)) {
    return node.map(textOf).join('');
  }
  if (isValidElement<{ children?: ReactNode }>(node)) {
    return textOf(node.props.children);
  }
  return typeof node === 'string' || typeof node === 'number'
    ? String(node)
    : '';
}

class AlertToastApi implements ToastApi {
  readonly #alerts: AlertApi;

  constructor(alerts: AlertApi) {
    this.#alerts = alerts;
  }

  post({ title, description, status, timeout }: ToastApiMessage) {
    this.#alerts.post({
      message: [title, description].map(textOf).filter(Boolean).join(': '),
      severity: SEVERITIES[status ?? 'success'],
      display: timeout === undefined ? 'permanent' : 'transient',
    });
    return { close: () => undefined };
  }
}

/** Shows toasts as alerts in an app that knows only alerts, as those of the legacy frontend system do. */
export function ToastsAsAlerts(props: { children: ReactNode }) {
  const alerts = useApi(alertApiRef);
  const known = Boolean(useApiHolder().get(toastApiRef));
  const apis = useMemo((): ApiHolder => {
    const toasts = new AlertToastApi(alerts);
    return {
      get: <T,>(ref: ApiRef<T>) =>
        !known && ref.id === toastApiRef.id ? (toasts as T) : undefined,
    };
  }, [alerts, known]);
  return <ApiProvider apis={apis}>{props.children}</ApiProvider>;
}
