import { resourceNames } from './resourceNames';

describe('resourceNames', () => {
  it.each([
    ['user-service', 'user', 'users', 'users'],
    ['order-item-api', 'order item', 'order-items', 'order_items'],
    ['orders', 'order', 'orders', 'orders'],
    ['category-svc', 'category', 'categories', 'categories'],
    ['gateway', 'gateway', 'gateways', 'gateways'],
    ['status-service', 'status', 'statuses', 'statuses'],
    ['box-app', 'box', 'boxes', 'boxes'],
    ['address-service', 'address', 'addresses', 'addresses'],
    ['a-very-long-name-for-a-service', 'item', 'items', 'items'],
  ])('%s keeps %s', (name, singular, plural, table) => {
    expect(resourceNames(name)).toEqual({ singular, plural, table });
  });
});
