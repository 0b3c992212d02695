import type { PolicyRule } from '../../rules/PolicyRule';
import { lint, each, run, runWithout, variable, port } from './lint';

/** Rules about the commands that a Dockerfile runs. */
export const COMMAND_RULES: readonly PolicyRule[] = [
  lint(
    'sudo',
    'high',
    'Images are built without sudo',
    'Use USER to change the user',
    run(/^(?:\w+=\S+\s+)*sudo\s/),
    ['runusingsudo', 'checks-docker-run-using-sudo'],
  ),
  lint(
    'expose-ssh',
    'medium',
    'Port 22 is not exposed',
    'Remove it: use exec of the runtime instead of SSH',
    each('EXPOSE', ({ text }) => port(text).includes('22')),
    ['exposeport22', 'checks-docker-port22'],
  ),
  lint(
    'expose-range',
    'medium',
    'Exposed ports are ports',
    'Give numbers from 0 to 65535',
    each('EXPOSE', ({ text }) =>
      port(text).some(one => /^\d+$/.test(one) && Number(one) > 65_535),
    ),
    ['checks-docker-port-out-of-range'],
  ),
  lint(
    'cd',
    'low',
    'Folders are changed by WORKDIR',
    'Use WORKDIR',
    each('RUN', ({ text }) => /^\s*cd\s+\S+\s*$/.test(text)),
    ['checks-docker-run-command-cd-instead-of-workdir'],
  ),
  lint(
    'apt-get-yes',
    'medium',
    'Packages are installed without questions',
    'Add -y',
    run(
      /\bapt-get\b.*\binstall\b/,
      /\s(?:-[a-z]*[yq][a-z]*|--yes|--assume-yes|-qq|-qqy)\b/,
    ),
    ['checks-docker-apt-get-missing-yes-flag-to-avoid-manual-input'],
  ),
  lint(
    'no-install-recommends',
    'low',
    'Only named packages are installed',
    'Add --no-install-recommends',
    run(
      /\bapt-get\b.*\binstall\b/,
      /--no-install-recommends|APT::Install-Recommends=/,
    ),
    ['checks-docker-apt-get-missing-no-install-recommends'],
  ),
  lint(
    'dist-upgrade',
    'medium',
    'Images are not upgraded as a whole',
    'Take a newer base image',
    run(/\bapt-get\b.*\bdist-upgrade\b/),
    ['checks-docker-apt-get-dist-upgrade'],
  ),
  lint(
    'apk-no-cache',
    'low',
    'apk leaves no cache',
    'Add --no-cache',
    run(/\bapk\b.*\sadd\b/, /--no-cache/),
    ['checks-docker-apk-add-missing-no-cache'],
  ),
  lint(
    'yum-clean',
    'low',
    'yum leaves no cache',
    'Add yum clean all to the same RUN',
    runWithout(
      /\byum\b.*\s(?:install|reinstall|localinstall)\b/,
      /\byum\s+clean\s+all\b|\/var\/cache\/yum/,
    ),
    ['checks-docker-yum-clean-all-missing'],
  ),
  lint(
    'dnf-clean',
    'low',
    'dnf leaves no cache',
    'Add dnf clean all to the same RUN',
    runWithout(
      /\bdnf\b.*\s(?:install|reinstall)\b/,
      /\bdnf\s+clean\s+all\b|\/var\/cache\/dnf/,
    ),
    ['checks-docker-dnf-clean-all-missing'],
  ),
  lint(
    'zypper-clean',
    'low',
    'zypper leaves no cache',
    'Add zypper clean to the same RUN',
    runWithout(
      /\bzypper\b.*\s(?:install|in|patch|dup|dist-upgrade|update|up)\b/,
      /\bzypper\s+(?:clean|cc)\b/,
    ),
    ['checks-docker-zypper-clean-missing'],
  ),
  lint(
    'curl-insecure',
    'high',
    'Downloads check certificates',
    'Remove -k, --insecure and --no-check-certificate',
    run(
      /\bcurl\b.*\s(?:-[a-zA-Z]*k[a-zA-Z]*|--insecure)(?:\s|$)|\bwget\b.*--no-check-certificate/,
    ),
  ),
  lint(
    'pip-trusted-host',
    'high',
    'Package indexes are checked',
    'Remove --trusted-host',
    variable(/\bpip3?\b.*--trusted-host|PIP_TRUSTED_HOST/),
  ),
  lint(
    'unchecked-packages',
    'high',
    'Signatures of packages are checked',
    'Remove the option that turns the check off',
    run(
      /--allow-untrusted|--allow-unauthenticated|--force-yes|--nogpgcheck|--nodigest|--nosignature|--noverify|--no-gpg-checks/,
    ),
  ),
  lint(
    'tls-off',
    'high',
    'Certificates are checked',
    'Remove the variable',
    variable(
      /NODE_TLS_REJECT_UNAUTHORIZED[= ]["']?0|PYTHONHTTPSVERIFY[= ]["']?0|GIT_SSL_NO_VERIFY[= ]|NPM_CONFIG_STRICT_SSL[= ]["']?false|strict-ssl[= ]["']?false|sslverify[= ]["']?(?:false|0)/i,
    ),
  ),
  lint(
    'chpasswd',
    'high',
    'No password is set in an image',
    'Let the platform authenticate',
    run(/^chpasswd\b|\bchpasswd\s*$|--stdin\s/),
  ),
];
