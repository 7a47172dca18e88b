package org.openpanelmcp.ingest.track;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names events may have. Scanners try their attacks on every field that they find; no event is called like those. */
final class EventNames {
    private static final Set<String> RESERVED = Set.of("session_start", "session_end");

    /** Parts of names that only scanners send, in lower case. */
    private static final List<String> ATTACKS = List.of(
            // addresses that tell a scanner whether its attack worked
            "oastify.com",
            "burpcollaborator.net",
            "interact.sh",
            "oast.fun",
            "oast.pro",
            "oast.me",
            "oast.live",
            "dnslog.cn",
            "ceye.io",
            "bxss.me",
            // databases
            "pg_sleep",
            "waitfor delay",
            "union select",
            "union all select",
            "benchmark(",
            "sleep(",
            "xp_cmdshell",
            "information_schema",
            "dbms_pipe",
            "' or '",
            "\" or \"",
            "' and '",
            "or 1=1",
            "extractvalue(",
            "updatexml(",
            // shells
            "/bin/bash",
            "/bin/sh",
            "cmd.exe",
            "powershell",
            "nslookup ",
            "wget http",
            "curl http",
            "chmod 777",
            // code
            "processbuilder",
            "java.lang.runtime",
            "getruntime(",
            "<script",
            "javascript:",
            "<?php",
            "eval(",
            // files
            "../",
            "..\\",
            "%2e%2e",
            "/etc/passwd",
            "/etc/shadow",
            "win.ini",
            "boot.ini",
            "/proc/self",
            // templates, entities, mail headers
            "${",
            "%{",
            "{{",
            "<!doctype",
            "<!entity",
            "bcc:",
            "%0d%0a",
            // probes
            "wp-config.php",
            ".git/config",
            ".git/head",
            "phpinfo.php",
            ".htaccess",
            "mozi.m",
            "/cgi-bin/",
            "jndi:",
            "#<object:0x");

    private static final Pattern PROBED_PATH = Pattern.compile(
            "/\\S*\\.(php|env|yml|yaml|json|xml|config|ini|bak|sql|log)|/\\..*|/(wp-|wordpress|phpmyadmin).*|/.*\\.php.*");

    private EventNames() {}

    /** @throws org.openpanelmcp.http.Problem 400 that says what is wrong with it */
    static void check(String name) {
        if (RESERVED.contains(name)) {
            throw Refusal.eventName(
                    "The event name '%s' is reserved: the server makes these events itself. Choose another name."
                            .formatted(name));
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.eventName("The event name %s holds a line break or another control character; leave it out."
                    .formatted(Refusal.shown(name)));
        }
        var lower = name.toLowerCase(Locale.ROOT);
        for (var attack : ATTACKS) {
            if (lower.contains(attack)) {
                throw Refusal.eventName(
                        "The event name %s holds '%s', as the names of scanners do; nothing was stored. Choose a name such as 'sign_up'."
                                .formatted(Refusal.shown(name), attack));
            }
        }
        if (PROBED_PATH.matcher(lower).matches()) {
            throw Refusal.eventName(
                    "The event name %s is the path of a scanner; nothing was stored. Choose a name such as 'sign_up'."
                            .formatted(Refusal.shown(name)));
        }
    }
}
