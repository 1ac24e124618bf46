"""Reads configurations with the installed Supervisor, one for each line of standard input.

A request is {"conf": path, "here": directory}; the answer is what Supervisor made of the file, as one
line of JSON. Checks against the machine always succeed, and an include that leads outside `here`
matches nothing, so that answers depend on the text alone.
"""
import json
import os
import socket
import sys

HOST = 'oracle-host-name'
ENVIRONMENT = json.loads(sys.argv[1])
os.environ.clear()
os.environ.update(ENVIRONMENT)
sys.argv = ['/usr/bin/supervisord']

import glob
import platform
import warnings

platform.node = lambda: HOST
warnings.simplefilter('ignore')

from supervisor import datatypes, events, loggers, options


class Refused(Exception):
    pass


class Plugin:
    def __init__(self, text):
        self.text = text


class Account(str):
    """A user or group by name, where Supervisor would hold its number."""


class Reader(options.ServerOptions):
    def __init__(self):
        options.ServerOptions.__init__(self)
        self.unresolved = []

    def usage(self, message):
        raise Refused(str(message))

    def import_spec(self, spec):
        try:
            options.ServerOptions.import_spec(self, spec)
        except (ImportError, AttributeError):
            self.unresolved.append(spec)
        return Plugin(spec)


def account(kind):
    def look_up(name):
        try:
            number = int(name)
        except ValueError:
            if not name.strip():
                raise ValueError('Invalid %s name %s' % (kind, name))
            return Account('%s:%s' % (kind, name))
        if number < 0:
            raise ValueError('Invalid %s id %s' % (kind, name))
        return number
    return look_up


here = None
real_glob = glob.glob


def glob_inside(pattern, *args, **kwargs):
    whole = os.path.normpath(pattern)
    if whole != here and not whole.startswith(here + os.sep):
        return []
    return real_glob(pattern, *args, **kwargs)


for module in (datatypes, options):
    for name, stand_in in (
        ('existing_dirpath', os.path.expanduser),
        ('existing_directory', os.path.expanduser),
        ('name_to_uid', account('user')),
        ('name_to_gid', account('group')),
        ('gid_for_uid', lambda uid: Account('gid-of:%s' % uid)),
    ):
        if hasattr(module, name):
            setattr(module, name, stand_in)
options.glob.glob = glob_inside

LEVELS = {getattr(loggers.LevelsByDescription, name): name
          for name in ('critical', 'error', 'warn', 'info', 'debug', 'trace', 'blather')}
EVENTS = {getattr(events.EventTypes, name): name
          for name in sorted(vars(events.EventTypes), reverse=True) if not name.startswith('_')}
RESTARTS = {datatypes.RestartUnconditionally: True, datatypes.RestartWhenExitUnexpected: 'unexpected'}
PLAIN = ('name', 'command', 'directory', 'priority', 'autostart', 'startsecs', 'startretries', 'stopwaitsecs',
         'stopasgroup', 'killasgroup', 'redirect_stderr', 'serverurl')


def who(value):
    return value if value is None or isinstance(value, str) else int(value)


def pair(value):
    return None if value is None else [who(part) for part in value]


def number(value):
    return None if value is None else int(value)


def process(config):
    shown = {name: getattr(config, name) for name in PLAIN}
    shown.update(
        umask=number(config.umask), stopsignal=int(config.stopsignal), uid=who(config.uid),
        autorestart=RESTARTS.get(config.autorestart, config.autorestart),
        exitcodes=list(config.exitcodes), environment=dict(config.environment))
    for channel in ('stdout', 'stderr'):
        logfile = getattr(config, channel + '_logfile')
        shown[channel + '_logfile'] = 'AUTO' if logfile is datatypes.Automatic else logfile
        for name in ('logfile_maxbytes', 'logfile_backups', 'capture_maxbytes', 'events_enabled', 'syslog'):
            shown['%s_%s' % (channel, name)] = getattr(config, '%s_%s' % (channel, name))
    return shown


def group(config):
    shown = {'name': config.name, 'priority': config.priority, 'type': 'program',
             'processes': [process(item) for item in config.process_configs]}
    if isinstance(config, options.EventListenerPoolConfig):
        shown.update(type='eventlistener', buffer_size=config.buffer_size,
                     pool_events=sorted(EVENTS[event] for event in config.pool_events),
                     result_handler=config.result_handler.text)
    elif isinstance(config, options.FastCGIGroupConfig):
        endpoint = config.socket_config
        shown.update(type='fcgi', socket={'url': endpoint.url, 'backlog': endpoint.backlog})
        if isinstance(endpoint, datatypes.UnixStreamSocketConfig):
            shown['socket'].update(path=endpoint.path, mode=endpoint.mode, owner=pair(endpoint.owner))
        else:
            shown['socket'].update(host=endpoint.host, port=endpoint.port)
    return shown


def server(config):
    shown = {name: config[name] for name in ('section', 'username', 'password')}
    if config['family'] == socket.AF_INET:
        shown.update(family='inet', host=config['host'], port=config['port'])
    else:
        shown.update(family='unix', file=config['file'], chmod=config['chmod'], chown=pair(config['chown']))
    return shown


def daemon(reader):
    shown = {name: getattr(reader, name) for name in (
        'user', 'directory', 'logfile', 'logfile_maxbytes', 'logfile_backups', 'pidfile', 'identifier',
        'childlogdir', 'minfds', 'minprocs', 'serverurl')}
    shown.update({name: bool(getattr(reader, name)) for name in ('nodaemon', 'silent', 'nocleanup', 'strip_ansi')})
    shown.update(uid=who(reader.uid), umask=int(reader.umask), loglevel=LEVELS[reader.loglevel],
                 environment=dict(reader.configroot.supervisord.environment))
    return shown


def read(conf):
    reader = Reader()
    answer = {'ok': True, 'error': None, 'crash': False, 'supervisord': None, 'http_servers': None,
              'groups': None, 'rpcinterfaces': None, 'unresolved_plugins': []}
    try:
        reader.realize(args=['-c', conf], doc='')
    except Refused as why:
        answer.update(ok=False, error=str(why))
    except Exception as why:
        answer.update(ok=False, error='%s: %s' % (type(why).__name__, why), crash=True)
    before, after = 'Included extra file "', '" during parsing'
    answer['include_files'] = [info[len(before):-len(after)] for info in reader.parse_infos if info.startswith(before)]
    answer['warnings'] = list(reader.parse_warnings)
    if answer['ok']:
        answer.update(
            supervisord=daemon(reader),
            http_servers=[server(config) for config in reader.server_configs],
            groups=[group(config) for config in reader.process_group_configs],
            rpcinterfaces=[{'name': name, 'factory': plugin.text, 'options': extras}
                           for name, plugin, extras in reader.rpcinterface_factories],
            unresolved_plugins=reader.unresolved)
    return answer


for line in sys.stdin.buffer:
    request = json.loads(line)
    here = request['here']
    sys.stdout.buffer.write(json.dumps(read(request['conf']), ensure_ascii=True).encode() + b'\n')
    sys.stdout.buffer.flush()
