package org.openpanelmcp.analytics.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openpanelmcp.analytics.NearestIds;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.text.Quoted;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolProblem;

/**
 * One profile, and which events and sessions are its own.
 *
 * @param stitched whether the anonymous ones of its devices count, too
 */
record Person(String id, boolean stitched) {
    private static final int MOST_NAMED = 200;
    static final String STITCHED = " With them the anonymous ones (profile id = device id) of every device on which an"
            + " event of this profile happened; another person who used such a device anonymously is not told apart.";
    static final String NOT_STITCHED =
            " What its devices did before it was identified is not among them" + " (stitchDevices adds it).";

    /** @throws BadValue for the empty id, which is nobody's */
    static Person of(String profileId, boolean stitchDevices) throws BadValue {
        if (profileId.isEmpty()) {
            throw new BadValue(
                    "profileId", "profileId is empty, which is nobody's id. find_profiles gives the ids of profiles.");
        }
        return new Person(profileId, stitchDevices);
    }

    /** The sentence about devices for a definition. */
    String aboutDevices() {
        return stitched ? STITCHED : NOT_STITCHED;
    }

    /** The condition on a row of events or of sessions. */
    Sql owns(ToolCall call, ProjectScope scope) throws QueryFailure {
        var own = Sql.template("profile_id = {id}").bind("id", id).sql();
        if (!stitched) {
            return own;
        }
        var some = Sql.template("{devices} limit {limit}")
                .put("devices", devices(call, scope))
                .bind("limit", MOST_NAMED + 1)
                .sql();
        var devices = call.query(scope, some, row -> row.text("own_device"));
        if (devices.isEmpty()) {
            return own;
        }
        // Named one by one, devices are found several times faster than by a subquery; a shared id may have very many.
        var among = devices.size() > MOST_NAMED
                ? devices(call, scope)
                : Sql.join(devices.stream().map(Sql::value).toList(), ", ");
        return Sql.template("(profile_id = {id} or (profile_id in ({devices}) and profile_id = device_id))")
                .bind("id", id)
                .put("devices", among)
                .sql();
    }

    private Sql devices(ToolCall call, ProjectScope scope) {
        return Sql.template("""
                select distinct device_id as own_device from {events} where profile_id = {id} and device_id <> ''""")
                .put("events", call.dialect().events(scope))
                .bind("id", id)
                .sql();
    }

    /** The profile as it is stored; absent for those of whom only events are known. */
    Optional<Map<String, Object>> profile(ToolCall call, ProjectScope scope) throws QueryFailure {
        return Profiles.rows(call, scope, List.of(id)).stream().findFirst();
    }

    /** @throws ToolProblem when neither a profile nor an event nor a session has this id */
    void mustBeKnown(ToolCall call, ProjectScope scope) throws QueryFailure {
        var dialect = call.dialect();
        var id = Sql.value(id());
        var sql = Sql.template("""
                select (select count(*) from {profiles}) + (select count(*) from {events} where profile_id = {id})
                       + (select count(*) from {sessions} where profile_id = {id}) as trace_total""")
                .put("profiles", dialect.profiles(scope, id))
                .put("events", dialect.events(scope))
                .put("sessions", dialect.sessions(scope))
                .put("id", id)
                .sql();
        if (call.one(scope, sql, row -> row.whole("trace_total")) > 0) {
            return;
        }
        var near = NearestIds.of(call, scope, dialect.profiles(scope), id());
        throw new ToolProblem(
                ToolProblem.Code.NOT_FOUND,
                "This project has no profile " + Quoted.of(id()) + ".",
                NearestIds.sentence(near) + "find_profiles finds ids by name, e-mail address or property.");
    }
}
