import {
  all,
  any,
  every,
  is,
  isOrUnset,
  isSet,
  matches,
  not,
} from '../../../rules/Condition';
import type { CloudEntry } from '../cloudRule';
import { STRONG_AWS, inTransit, redirects } from './questions';

/** What AWS answers to the world, encrypted in transit. */
export const TRANSIT_AWS_EDGE: Readonly<Record<string, CloudEntry>> = {
  'load-balancer': inTransit(
    'elb elbv2',
    'Listeners use TLS',
    'Set protocol to HTTPS or TLS, or redirect to HTTPS',
    [
      'aws_lb_listener aws_alb_listener',
      any(
        is('protocol', 'HTTPS', 'TLS', 'TCP', 'UDP', 'TCP_UDP', 'GENEVE'),
        redirects,
      ),
    ],
    [
      'AWS::ElasticLoadBalancingV2::Listener',
      any(
        is('Protocol', 'HTTPS', 'TLS', 'TCP', 'UDP', 'TCP_UDP', 'GENEVE'),
        redirects,
      ),
    ],
    ['aws_elb', every('listener', matches('lb_protocol', /^(?:https|ssl)$/i))],
    [
      'AWS::ElasticLoadBalancing::LoadBalancer',
      every('Listeners', matches('Protocol', /^(?:https|ssl)$/i)),
    ],
    [
      'aws_lb_target_group aws_alb_target_group',
      not(is('protocol', 'HTTP')),
      not(is('target_type', 'lambda')),
    ],
  ),
  'load-balancer-tls': inTransit(
    'elb elbv2',
    'Listeners use TLS 1.2 or newer',
    'Set ssl_policy to ELBSecurityPolicy-TLS13-1-2-2021-06',
    [
      'aws_lb_listener aws_alb_listener',
      matches('ssl_policy', STRONG_AWS),
      is('protocol', 'HTTPS', 'TLS'),
    ],
    [
      'AWS::ElasticLoadBalancingV2::Listener',
      matches('SslPolicy', STRONG_AWS),
      is('Protocol', 'HTTPS', 'TLS'),
    ],
  ),
  cloudfront: inTransit(
    'cloudfront',
    'CloudFront speaks HTTPS',
    'Set viewer_protocol_policy to redirect-to-https',
    [
      'aws_cloudfront_distribution',
      all(
        is(
          'default_cache_behavior.viewer_protocol_policy',
          'redirect-to-https',
          'https-only',
        ),
        every(
          'ordered_cache_behavior',
          is('viewer_protocol_policy', 'redirect-to-https', 'https-only'),
        ),
      ),
    ],
    [
      'AWS::CloudFront::Distribution',
      all(
        is(
          'DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy',
          'redirect-to-https',
          'https-only',
        ),
        every(
          'DistributionConfig.CacheBehaviors',
          is('ViewerProtocolPolicy', 'redirect-to-https', 'https-only'),
        ),
      ),
    ],
  ),
  'cloudfront-tls': inTransit(
    'cloudfront',
    'CloudFront uses TLS 1.2 or newer',
    'Set minimum_protocol_version to TLSv1.2_2021',
    [
      'aws_cloudfront_distribution',
      matches('viewer_certificate.minimum_protocol_version', /^TLSv1\.[23]/),
    ],
    [
      'AWS::CloudFront::Distribution',
      matches(
        'DistributionConfig.ViewerCertificate.MinimumProtocolVersion',
        /^TLSv1\.[23]/,
      ),
    ],
  ),
  elasticsearch: inTransit(
    'elasticsearch',
    'OpenSearch is reached by HTTPS',
    'Set domain_endpoint_options.enforce_https to true',
    [
      'aws_elasticsearch_domain aws_opensearch_domain',
      isOrUnset('domain_endpoint_options.enforce_https', true),
    ],
    [
      'AWS::Elasticsearch::Domain AWS::OpenSearchService::Domain',
      is('DomainEndpointOptions.EnforceHTTPS', true),
    ],
  ),
  'elasticsearch-tls': inTransit(
    'elasticsearch',
    'OpenSearch uses TLS 1.2 or newer, between nodes too',
    'Set tls_security_policy to Policy-Min-TLS-1-2-2019-07 and node_to_node_encryption.enabled to true',
    [
      'aws_elasticsearch_domain aws_opensearch_domain',
      matches('domain_endpoint_options.tls_security_policy', /TLS-1-[23]/),
    ],
    [
      'aws_elasticsearch_domain aws_opensearch_domain',
      is('node_to_node_encryption.enabled', true),
    ],
    [
      'AWS::Elasticsearch::Domain AWS::OpenSearchService::Domain',
      all(
        matches('DomainEndpointOptions.TLSSecurityPolicy', /TLS-1-[23]/),
        is('NodeToNodeEncryptionOptions.Enabled', true),
      ),
    ],
  ),
  apigateway: inTransit(
    'apigateway sam',
    'APIs use TLS 1.2 or newer',
    'Set security_policy to TLS_1_2',
    [
      'aws_api_gateway_domain_name',
      matches('security_policy', /^(?:TLS_1_2|SecurityPolicy_TLS1[23])/),
    ],
    [
      'aws_apigatewayv2_domain_name',
      is('domain_name_configuration.security_policy', 'TLS_1_2'),
    ],
    ['AWS::ApiGateway::DomainName', is('SecurityPolicy', 'TLS_1_2')],
    [
      'AWS::Serverless::Api AWS::Serverless::HttpApi',
      is('Domain.SecurityPolicy', 'TLS_1_2'),
      isSet('Domain'),
    ],
  ),
  cloudsearch: inTransit(
    'cloudsearch',
    'CloudSearch is reached by HTTPS with TLS 1.2',
    'Set endpoint_options.enforce_https and tls_security_policy',
    ['aws_cloudsearch_domain', is('endpoint_options.enforce_https', true)],
    [
      'aws_cloudsearch_domain',
      is('endpoint_options.tls_security_policy', 'Policy-Min-TLS-1-2-2019-07'),
    ],
  ),
};
