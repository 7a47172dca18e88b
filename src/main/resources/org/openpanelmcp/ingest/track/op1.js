/*! openpanel-mcp tracker, Apache-2.0. Speaks the calls of OpenPanel's web SDK. */
(function (w, d) {
  'use strict';
  var script = d.currentScript, waiting = w.op && w.op.q || [];
  var options = {}, globals = {}, groups = [], queue = [], profile, device, session, path, held, pending = 'openpanel-pending-revenues';
  var loc = w.location;

  function uuid() {
    var c = w.crypto;
    if (c.randomUUID) return c.randomUUID();
    var b = c.getRandomValues(new Uint8Array(16));
    b[6] = b[6] & 15 | 64; b[8] = b[8] & 63 | 128;
    return [].map.call(b, function (x, i) {
      return (i == 4 || i == 6 || i == 8 || i == 10 ? '-' : '') + (x + 256).toString(16).slice(1);
    }).join('');
  }

  function copy(to) {
    [].slice.call(arguments, 1).forEach(function (from) { for (var key in from || {}) to[key] = from[key]; });
    return to;
  }

  // The same body again is the same event: it has an id.
  function post(body, tries) {
    function again() {
      return tries < 3 ? new Promise(function (done) {
        setTimeout(function () { done(post(body, tries + 1)); }, 500 << tries);
      }) : null;
    }
    return w.fetch(options.apiUrl + '/track', {
      method: 'POST', body: body, keepalive: body.length < 6e4,
      headers: {
        'Content-Type': 'application/json', 'openpanel-client-id': options.clientId,
        'openpanel-sdk-name': 'web', 'openpanel-sdk-version': 'op1'
      }
    }).then(function (answer) {
      if (answer.status == 429 || answer.status > 499) return again();
      return answer.ok ? answer.json().then(function (ids) {
        device = ids.deviceId || device; session = ids.sessionId || session;
        return ids;
      }) : null;
    }, again);
  }

  function send(type, payload) {
    var message = { type: type, payload: payload };
    if (options.filter && !options.filter(message)) return Promise.resolve();
    if (held) {
      if (type == 'track') payload.properties.__timestamp = new Date().toISOString();
      queue.push(message);
      return Promise.resolve();
    }
    if (profile && !payload.profileId && /track|assign/.test(type)) payload.profileId = profile;
    return post(JSON.stringify(message), 0);
  }

  function release() {
    held = false;
    queue.splice(0).forEach(function (message) { send(message.type, message.payload); });
  }

  var api = {
    init: function (given) {
      copy(options, given);
      options.apiUrl = (options.apiUrl || script && new URL(script.src).origin || loc.origin).replace(/\/$/, '');
      profile = options.profileId || profile;
      held = options.disabled || options.waitForProfile && !profile;
      if (options.trackScreenViews) watchScreens();
      if (options.trackOutgoingLinks) d.addEventListener('click', outgoing, true);
      if (options.trackAttributes) d.addEventListener('click', attributes, true);
    },
    track: function (name, properties) {
      var all = copy({}, { __referrer: d.referrer }, path && { __path: path }, globals, properties);
      var payload = { id: uuid(), name: name, profileId: all.profileId, groups: groups.concat(all.groups || []), properties: all };
      delete all.profileId; delete all.groups;
      if (!payload.groups.length) delete payload.groups;
      return send('track', payload);
    },
    screenView: function (where, properties) {
      if (typeof where == 'object') { properties = where; where = 0; }
      path = where || loc.href;
      return api.track('screen_view', copy({ __path: path, __title: d.title }, properties));
    },
    identify: function (who) {
      profile = who.profileId;
      var sent = Object.keys(who).length > 1
        ? send('identify', copy({}, who, { properties: copy({}, globals, who.properties) })) : Promise.resolve();
      if (held && !options.disabled) release();
      return sent;
    },
    setGlobalProperties: function (properties) { copy(globals, properties); },
    upsertGroup: function (group) { return send('group', copy({}, group)); },
    setGroup: function (id) { return api.setGroups([id]); },
    setGroups: function (ids) { groups = ids; return send('assign_group', { groupIds: ids }); },
    increment: function (what) { return send('increment', copy({}, what)); },
    decrement: function (what) { return send('decrement', copy({}, what)); },
    alias: function () {},
    revenue: function (amount, properties) {
      var more = copy({}, properties, { __revenue: amount });
      if (more.deviceId) { more.__deviceId = more.deviceId; delete more.deviceId; }
      return api.track('revenue', more);
    },
    pendingRevenue: function (amount, properties) {
      stored(stored().concat([{ amount: amount, properties: properties }]));
    },
    flushRevenue: function () {
      var all = stored();
      stored([]);
      return Promise.all(all.map(function (one) { return api.revenue(one.amount, one.properties); }));
    },
    clearRevenue: function () { stored([]); },
    clear: function () { profile = device = session = undefined; groups = []; },
    ready: function () { options.disabled = false; release(); },
    getDeviceId: function () { return device || ''; },
    getSessionId: function () { return session || ''; },
    fetchDeviceId: function () { return Promise.resolve(device || ''); }
  };

  function stored(next) {
    try {
      if (next) w.sessionStorage.setItem(pending, JSON.stringify(next));
      return JSON.parse(w.sessionStorage.getItem(pending)) || [];
    } catch (closed) { return []; }
  }

  function watchScreens() {
    var timer, seen;
    function view() {
      if (loc.href != seen) { seen = loc.href; api.screenView(); }
    }
    function soon() { clearTimeout(timer); timer = setTimeout(view, 50); }
    ['pushState', 'replaceState'].forEach(function (name) {
      var original = w.history[name];
      w.history[name] = function () {
        var result = original.apply(this, arguments);
        soon();
        return result;
      };
    });
    w.addEventListener('popstate', soon);
    if (options.trackHashChanges) w.addEventListener('hashchange', soon);
    setTimeout(view);
  }

  function outgoing(event) {
    var link = event.target.closest && event.target.closest('a[href^=http]');
    if (link && link.hostname != loc.hostname) {
      api.track('link_out', { href: link.href, text: link.innerText || link.title || '' });
    }
  }

  function attributes(event) {
    var element = event.target.closest && event.target.closest('[data-track]');
    if (element) {
      var properties = copy({}, element.dataset);
      delete properties.track;
      api.track(element.dataset.track, properties);
    }
  }

  var op = function (method) {
    return api[method] ? api[method].apply(api, [].slice.call(arguments, 1)) : undefined;
  };
  w.op = copy(op, api);
  w.openpanel = api;
  waiting.forEach(function (call) { op.apply(w, call); });
})(window, document);
