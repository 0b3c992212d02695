/** A document that breaks a rule, and the smallest change that keeps it. */
export interface RuleExample {
  readonly rule: string;
  readonly type: string;
  readonly bad: string;
  readonly good: string;
  readonly parameters?: Readonly<
    Record<string, string | readonly string[] | boolean>
  >;
}

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n';

function inPod(
  rule: string,
  bad: string,
  good: string,
  parameters?: RuleExample['parameters'],
): RuleExample {
  const pod = (lines: string) => `${POD}${lines.replace(/^/gm, '  ')}\n`;
  return {
    rule,
    type: 'kubernetes',
    bad: pod(bad),
    good: pod(good),
    ...(parameters && { parameters }),
  };
}

/** A container with these fields. */
const box = (fields: string) =>
  `containers: [{ name: c, image: "a.io/b:1"${fields && `, ${fields}`} }]`;

function inContainer(
  rule: string,
  bad: string,
  good: string,
  parameters?: RuleExample['parameters'],
): RuleExample {
  return inPod(rule, box(bad), box(good), parameters);
}

function inImage(rule: string, bad: string, good: string): RuleExample {
  const file = (lines: string) =>
    lines.startsWith('FROM') || lines.startsWith('ARG')
      ? lines
      : `FROM a:1\n${lines}`;
  return {
    rule,
    type: 'dockerfile',
    bad: `${file(bad)}\n`,
    good: `${file(good)}\n`,
  };
}

function inTerraform(
  rule: string,
  bad: string,
  good: string,
  parameters?: RuleExample['parameters'],
): RuleExample {
  return {
    rule,
    type: 'terraform',
    bad,
    good,
    ...(parameters && { parameters }),
  };
}

const statement = (rest: string) =>
  `resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", ${rest} }] })\n}`;
const workflow = (rest: string) =>
  `on: push\npermissions: { contents: read }\njobs:\n  a:\n    runs-on: x\n    steps:\n      - ${rest}\n`;

/** One pair at least for each rule that is not a plain question about attributes. */
export const EXAMPLES: readonly RuleExample[] = [
  inPod('k8s-pod-security-host-pid', `hostPID: true\n${box('')}`, box('')),
  inPod(
    'k8s-pod-security-host-ipc',
    `hostIPC: true\n${box('')}`,
    `hostIPC: false\n${box('')}`,
  ),
  inPod(
    'k8s-pod-security-host-network',
    `hostNetwork: "true"\n${box('')}`,
    box(''),
  ),
  inContainer(
    'k8s-pod-security-host-port',
    'ports: [{ containerPort: 1, hostPort: 80 }]',
    'ports: [{ containerPort: 1 }]',
  ),
  inContainer(
    'k8s-pod-security-host-process',
    'securityContext: { windowsOptions: { hostProcess: true } }',
    '',
  ),
  inPod(
    'k8s-pod-security-host-path',
    `volumes: [{ name: v, hostPath: { path: /etc } }]\n${box('')}`,
    `volumes: [{ name: v, emptyDir: {} }]\n${box('')}`,
  ),
  inPod(
    'k8s-pod-security-runtime-socket',
    `volumes: [{ name: v, hostPath: { path: /var/run/docker.sock } }]\n${box(
      '',
    )}`,
    `volumes: [{ name: v, hostPath: { path: /etc } }]\n${box('')}`,
  ),
  inPod(
    'k8s-pod-security-volume-types',
    `volumes: [{ name: v, nfs: {} }]\n${box('')}`,
    `volumes: [{ name: v, secret: {} }]\n${box('')}`,
  ),
  inContainer(
    'k8s-pod-security-host-probes',
    'livenessProbe: { httpGet: { host: a.io, port: 1 } }',
    'livenessProbe: { httpGet: { port: 1 } }',
  ),
  inPod(
    'k8s-pod-security-sysctls',
    `securityContext: { sysctls: [{ name: kernel.msgmax, value: "1" }] }\n${box(
      '',
    )}`,
    `securityContext: { sysctls: [{ name: net.ipv4.tcp_syncookies, value: "1" }] }\n${box(
      '',
    )}`,
  ),
  inContainer(
    'k8s-pod-security-privilege-escalation',
    '',
    'securityContext: { allowPrivilegeEscalation: false }',
  ),
  inContainer(
    'k8s-pod-security-capabilities-add',
    'securityContext: { capabilities: { add: [CAP_NET_ADMIN] } }',
    'securityContext: { capabilities: { add: [NET_BIND_SERVICE] } }',
  ),
  inContainer(
    'k8s-pod-security-capabilities-drop',
    '',
    'securityContext: { capabilities: { drop: [all] } }',
  ),
  inContainer(
    'k8s-pod-security-seccomp',
    '',
    'securityContext: { seccompProfile: { type: RuntimeDefault } }',
  ),
  inContainer(
    'k8s-pod-security-seccomp',
    'securityContext: { seccompProfile: { type: Unconfined } }',
    '',
    { level: 'baseline' },
  ),
  inContainer(
    'k8s-pod-security-apparmor',
    '',
    'securityContext: { appArmorProfile: { type: RuntimeDefault } }',
  ),
  inContainer(
    'k8s-pod-security-proc-mount',
    'securityContext: { procMount: Unmasked }',
    '',
  ),
  inContainer(
    'k8s-pod-security-selinux',
    'securityContext: { seLinuxOptions: { user: root } }',
    'securityContext: { seLinuxOptions: { type: container_t } }',
  ),
  inContainer(
    'k8s-pod-security-read-only-root',
    '',
    'securityContext: { readOnlyRootFilesystem: true }',
  ),
  inContainer(
    'k8s-privileged-container',
    'securityContext: { privileged: true }',
    '',
  ),
  inContainer(
    'k8s-run-as-non-root',
    '',
    'securityContext: { runAsNonRoot: true }',
  ),
  inContainer(
    'k8s-run-as-non-root',
    'securityContext: { runAsNonRoot: true, runAsUser: 0 }',
    'securityContext: { runAsUser: 1 }',
  ),
  inContainer(
    'k8s-run-as-non-root-high-uid',
    'securityContext: { runAsUser: 1000 }',
    'securityContext: { runAsUser: 10000 }',
  ),
  inContainer(
    'k8s-resource-limits-cpu-limit',
    '',
    'resources: { limits: { cpu: 1 } }',
  ),
  inContainer(
    'k8s-resource-limits-memory-limit',
    '',
    'resources: { limits: { memory: 1Gi } }',
  ),
  inContainer(
    'k8s-resource-limits-cpu-request',
    '',
    'resources: { requests: { cpu: 1 } }',
  ),
  inContainer(
    'k8s-resource-limits-memory-request',
    '',
    'resources: { requests: { memory: 1Gi } }',
  ),
  inContainer(
    'k8s-resource-limits-limit-maximum',
    'resources: { limits: { memory: 2Gi } }',
    'resources: { limits: { memory: 1000Mi } }',
    { memory: '1Gi' },
  ),
  inContainer(
    'k8s-resource-limits-request-maximum',
    'resources: { requests: { cpu: 2 } }',
    'resources: { requests: { cpu: 999m } }',
    { cpu: '1' },
  ),
  inContainer(
    'k8s-resource-limits-memory-request-is-limit',
    'resources: { limits: { memory: 1Gi } }',
    'resources: { limits: { memory: 1Gi }, requests: { memory: 1024Mi } }',
  ),
  inContainer(
    'k8s-resource-limits-ratio',
    'resources: { limits: { cpu: 3, memory: 1 }, requests: { cpu: 1, memory: 1 } }',
    'resources: { limits: { cpu: 2, memory: 1 }, requests: { cpu: 1, memory: 1 } }',
    { ratio: '2' },
  ),
  inPod(
    'k8s-image-registry',
    'containers: [{ name: c, image: "b.io/x:1" }]',
    box(''),
    { repos: ['a.io/'] },
  ),
  inPod(
    'k8s-image-tag',
    'containers: [{ name: c, image: "a.io:80/b" }]',
    'containers: [{ name: c, image: "a.io:80/b:1" }]',
  ),
  {
    rule: 'k8s-pod-security-rbac-escalation',
    type: 'kubernetes',
    bad: 'kind: Role\nmetadata: { name: r }\nrules: [{ apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [escalate] }]',
    good: 'kind: Role\nmetadata: { name: r }\nrules: [{ apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [get] }]',
  },
  {
    rule: 'iam-kubernetes-wildcard',
    type: 'kubernetes',
    bad: 'kind: Role\nrules: [{ apiGroups: [""], resources: ["*"], verbs: ["*"] }]',
    good: 'kind: Role\nrules: [{ apiGroups: [""], resources: [pods], verbs: ["*"] }]',
  },
  {
    rule: 'secret-in-manifest',
    type: 'kubernetes',
    bad: 'kind: ConfigMap\ndata: { password: hunter22 }',
    good: 'kind: ConfigMap\ndata: { passwordFile: /run/p }',
  },
  inContainer(
    'secret-in-manifest',
    'env: [{ name: DB_PASSWORD, value: hunter22 }]',
    'env: [{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: s, key: k } } }]',
  ),
  {
    rule: 'required-tags',
    type: 'kubernetes',
    bad: 'kind: Service\nmetadata: { labels: { a: b } }',
    good: 'kind: Service\nmetadata: { labels: { owner: b } }',
    parameters: { requiredTags: ['owner'] },
  },
  {
    rule: 'network-open-ingress-any',
    type: 'kubernetes',
    bad: 'kind: NetworkPolicy\nspec: { ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }] }',
    good: 'kind: NetworkPolicy\nspec: { ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }',
  },

  inImage('docker-root-user', 'RUN x', 'USER app'),
  inImage('docker-root-user', 'USER app\nUSER 0:0', 'USER 1000'),
  inImage('docker-image-tag', 'FROM a', 'FROM a:1'),
  inImage('docker-image-tag', 'FROM a:latest', 'FROM a:1 AS b\nFROM b'),
  inImage('docker-lint-maintainer', 'MAINTAINER me', 'LABEL maintainer=me'),
  inImage(
    'docker-lint-apt',
    'RUN apt install -y x',
    'RUN apt-get install -y x',
  ),
  inImage(
    'docker-lint-update-alone',
    'RUN apt-get update',
    'RUN apt-get update && apt-get install -y x',
  ),
  inImage('docker-lint-workdir-absolute', 'WORKDIR a', 'WORKDIR /a'),
  inImage(
    'docker-lint-stage-alias-unique',
    'FROM a:1 AS b\nFROM c:1 AS B',
    'FROM a:1 AS b\nFROM c:1 AS d',
  ),
  inImage(
    'docker-lint-one-entrypoint',
    'ENTRYPOINT a\nENTRYPOINT b',
    'ENTRYPOINT a',
  ),
  inImage('docker-lint-one-cmd', 'CMD a\nCMD b', 'CMD a'),
  inImage(
    'docker-lint-one-healthcheck',
    'HEALTHCHECK CMD a\nHEALTHCHECK CMD b',
    'HEALTHCHECK CMD a',
  ),
  inImage(
    'docker-lint-copy-from-itself',
    'FROM a:1 AS b\nCOPY --from=b x y',
    'FROM a:1 AS c\nFROM a:1 AS b\nCOPY --from=c x y',
  ),
  inImage('docker-lint-copy-many-to-folder', 'COPY a b /c', 'COPY a b /c/'),
  inImage(
    'docker-lint-wget-and-curl',
    'RUN curl a\nRUN wget b',
    'RUN curl a && curl b',
  ),
  inImage('docker-lint-add-instead-of-copy', 'ADD a b', 'ADD a.tar.gz b'),
  inImage('docker-lint-healthcheck', 'RUN x', 'HEALTHCHECK CMD x'),
  inImage('docker-lint-sudo', 'RUN sudo x', 'RUN x'),
  inImage('docker-lint-expose-ssh', 'EXPOSE 80 22/tcp', 'EXPOSE 80'),
  inImage('docker-lint-expose-range', 'EXPOSE 70000', 'EXPOSE 65535'),
  inImage('docker-lint-cd', 'RUN cd /a', 'WORKDIR /a'),
  inImage(
    'docker-lint-apt-get-yes',
    'RUN apt-get install x',
    'RUN apt-get -yq install x',
  ),
  inImage(
    'docker-lint-no-install-recommends',
    'RUN apt-get install -y x',
    'RUN apt-get install -y --no-install-recommends x',
  ),
  inImage(
    'docker-lint-dist-upgrade',
    'RUN apt-get dist-upgrade',
    'RUN apt-get install x',
  ),
  inImage(
    'docker-lint-apk-no-cache',
    'RUN apk add x',
    'RUN apk add --no-cache x',
  ),
  inImage(
    'docker-lint-yum-clean',
    'RUN yum install -y x',
    'RUN yum install -y x && yum clean all',
  ),
  inImage(
    'docker-lint-dnf-clean',
    'RUN dnf install -y x',
    'RUN dnf install -y x && dnf clean all',
  ),
  inImage(
    'docker-lint-zypper-clean',
    'RUN zypper install x',
    'RUN zypper install x && zypper clean',
  ),
  inImage(
    'docker-lint-curl-insecure',
    'RUN curl -sk https://a',
    'RUN curl -s https://a',
  ),
  inImage(
    'docker-lint-pip-trusted-host',
    'RUN pip install --trusted-host a b',
    'RUN pip install b',
  ),
  inImage(
    'docker-lint-unchecked-packages',
    'RUN apk add --allow-untrusted x',
    'RUN apk add x',
  ),
  inImage(
    'docker-lint-tls-off',
    'ENV NODE_TLS_REJECT_UNAUTHORIZED=0',
    'ENV NODE_TLS_REJECT_UNAUTHORIZED=1',
  ),
  inImage('docker-lint-chpasswd', 'RUN echo "a:b" | chpasswd', 'RUN x'),

  inTerraform(
    'no-public-s3-buckets',
    'resource "aws_s3_bucket" "b" { acl = "public-read" }',
    'resource "aws_s3_bucket" "b" { acl = "private" }',
  ),
  inTerraform(
    'no-public-s3-buckets',
    'resource "aws_s3_bucket_policy" "p" {\n policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject" }] })\n}',
    'resource "aws_s3_bucket_policy" "p" {\n policy = jsonencode({ Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:GetObject" }] })\n}',
  ),
  inTerraform(
    'iam-wildcard-action',
    statement('Action = "*", Resource = "a"'),
    statement('Action = "s3:GetObject", Resource = "a"'),
  ),
  inTerraform(
    'iam-wildcard-service',
    statement('Action = "s3:*", Resource = "*"'),
    statement('Action = "s3:*", Resource = "a"'),
  ),
  inTerraform(
    'iam-wildcard-resource',
    statement('Action = "ec2:RunInstances", Resource = "*"'),
    statement('Action = "xray:PutTraceSegments", Resource = "*"'),
  ),
  inTerraform(
    'iam-unconstrained-write',
    statement('Action = "ec2:RunInstances", Resource = "*"'),
    statement('Action = "ec2:DescribeImages", Resource = "*"'),
  ),
  inTerraform(
    'iam-data-exfiltration',
    statement('Action = "s3:GetObject", Resource = "*"'),
    statement(
      'Action = "s3:GetObject", Resource = "*", Condition = { StringEquals = { a = "b" } }',
    ),
  ),
  inTerraform(
    'iam-credentials-exposure',
    statement('Action = "sts:AssumeRole", Resource = "*"'),
    statement('Action = "sts:AssumeRole", Resource = "a"'),
  ),
  inTerraform(
    'iam-privilege-escalation',
    statement('Action = "iam:PassRole", Resource = "*"'),
    statement('Action = "iam:PassRole", Resource = "a"'),
  ),
  inTerraform(
    'iam-public-principal',
    'resource "aws_sqs_queue_policy" "q" {\n policy = jsonencode({ Statement = { Effect = "Allow", Principal = { AWS = "*" }, Action = "a" } })\n}',
    'resource "aws_sqs_queue_policy" "q" {\n policy = jsonencode({ Statement = { Effect = "Allow", Principal = { AWS = "1" }, Action = "a" } })\n}',
  ),
  inTerraform(
    'network-open-ingress-ssh',
    'resource "aws_security_group" "g" {\n ingress {\n  from_port = 20\n  to_port = 25\n  cidr_blocks = ["0.0.0.0/0"]\n }\n}',
    'resource "aws_security_group" "g" {\n ingress {\n  from_port = 80\n  to_port = 80\n  cidr_blocks = ["0.0.0.0/0"]\n }\n}',
  ),
  inTerraform(
    'network-open-ingress-rdp',
    'resource "azurerm_network_security_rule" "r" {\n direction = "Inbound"\n access = "Allow"\n source_address_prefix = "*"\n destination_port_range = "3000-4000"\n}',
    'resource "azurerm_network_security_rule" "r" {\n direction = "Inbound"\n access = "Deny"\n source_address_prefix = "*"\n destination_port_range = "3000-4000"\n}',
  ),
  inTerraform(
    'network-open-ingress-any',
    'resource "google_compute_firewall" "f" {\n source_ranges = ["0.0.0.0/0"]\n allow { protocol = "icmp" }\n}',
    'resource "google_compute_firewall" "f" {\n source_ranges = ["10.0.0.0/8"]\n allow { protocol = "icmp" }\n}',
  ),
  inTerraform(
    'cost-instance-type',
    'resource "aws_instance" "i" { instance_type = "m5.24xlarge" }',
    'resource "aws_instance" "i" { instance_type = "m5.large" }',
  ),
  inTerraform(
    'cost-instance-type',
    'resource "aws_instance" "i" { instance_type = "m5.large" }',
    'resource "aws_instance" "i" { instance_type = "t3.small" }',
    { allowedInstanceTypes: ['t3.small'] },
  ),
  inTerraform(
    'required-tags',
    'resource "aws_instance" "i" { tags = { a = "b" } }',
    'resource "aws_instance" "i" { tags = { owner = "b" } }',
    { requiredTags: ['owner'] },
  ),
  inTerraform(
    'cloud-privileged-container',
    'resource "aws_ecs_task_definition" "t" { container_definitions = jsonencode([{ privileged = true }]) }',
    'resource "aws_ecs_task_definition" "t" { container_definitions = jsonencode([{ image = "a" }]) }',
  ),

  {
    rule: 'pipeline-pinned-actions',
    type: 'github-actions',
    bad: workflow('uses: a/b@v1'),
    good: workflow(`uses: a/b@${'a'.repeat(40)}`),
  },
  {
    rule: 'pipeline-script-injection',
    type: 'github-actions',
    bad: workflow('run: echo ${{ github.event.issue.title }}'),
    good: workflow('run: echo ${{ github.sha }}'),
  },
  {
    rule: 'pipeline-untrusted-checkout',
    type: 'github-actions',
    bad: workflow(
      '{ uses: actions/checkout@v4, with: { ref: "${{ github.event.pull_request.head.sha }}" } }',
    ).replace('push', 'pull_request_target'),
    good: workflow(
      '{ uses: actions/checkout@v4, with: { ref: "${{ github.event.pull_request.head.sha }}" } }',
    ).replace('push', 'pull_request'),
  },
  {
    rule: 'pipeline-permissions',
    type: 'github-actions',
    bad: workflow('run: x').replace('permissions: { contents: read }', ''),
    good: workflow('run: x'),
  },
  {
    rule: 'pipeline-image-tag',
    type: 'gitlab-ci',
    bad: 'a:\n  image: b:latest\n',
    good: 'a:\n  image: b:1\n',
  },
  {
    rule: 'secret-in-file',
    type: 'file',
    bad: 'password = "hunter22"',
    good: 'password = "${PASSWORD}"',
  },
];
