package org.openpanelmcp.query;

import java.util.ArrayList;
import java.util.List;

/**
 * The distinct lists of groups that events or sessions carry (few, compared with the rows), with what is known of the
 * groups in them.
 */
final class GroupLists {
    private final ProjectScope scope;
    private final Dialect dialect;
    private final boolean ofSessions;
    private final Sql only;

    GroupLists(ProjectScope scope, Dialect dialect, boolean ofSessions) {
        this(scope, dialect, ofSessions, Sql.of("true"));
    }

    /** @param only the lists of rows that fulfil this: comparing lists is what takes the time */
    GroupLists(ProjectScope scope, Dialect dialect, boolean ofSessions, Sql only) {
        this.scope = scope;
        this.dialect = dialect;
        this.ofSessions = ofSessions;
        this.only = only;
    }

    /**
     * Each list once for each distinct value among its groups: {@code group_list}, {@code trait}. A group of which nothing
     * is known has its id only.
     *
     * @param conditions on the traits of a group; a list without such a group is left out
     */
    Sql traits(Trait trait, List<Filter> conditions) {
        var wanted = conditions.stream()
                .map(filter -> filter.on(value(((Dimension.OfGroup) filter.dimension()).trait()), dialect))
                .toList();
        return Sql.template("""
                (select distinct group_list, {trait} as trait
                 from (select group_list, {each} as group_of_list from {lists}) as members
                 left join {groups} as known on id = group_of_list
                 where {wanted})""")
                .put("trait", value(trait))
                .put("each", dialect.eachElement(Sql.of("group_list")))
                .put("lists", lists())
                .put("groups", dialect.groups(scope))
                .put("wanted", Sql.and(wanted))
                .sql();
    }

    private Sql value(Trait trait) {
        return trait.equals(Trait.GROUP_ID)
                ? Sql.of("group_of_list")
                : Sql.template("coalesce({value}, '')")
                        .put("value", trait.value(dialect))
                        .sql();
    }

    private Sql lists() {
        return Sql.template("(select distinct groups as group_list from {rows} where {only})")
                .put("rows", ofSessions ? dialect.sessions(scope) : dialect.events(scope))
                .put("only", only)
                .sql();
    }

    /** The condition on a row: one of its groups has a wanted value, none an unwanted one; no group at all is not set. */
    Sql fulfil(Filter filter) {
        var trait = ((Dimension.OfGroup) filter.dimension()).trait();
        var none = Sql.template("{groups} = 0")
                .put("groups", dialect.size(Sql.of("groups")))
                .sql();
        var all = new ArrayList<Sql>();
        if (!filter.wanted().isEmpty()) {
            var any = listed(trait, new Filter(filter.dimension(), filter.wanted(), List.of()));
            all.add(filter.acceptsNothing() ? Sql.or(List.of(none, any)) : any);
        }
        if (!filter.unwanted().isEmpty()) {
            var unwanted = new Filter(filter.dimension(), filter.unwanted(), List.of());
            var any = listed(trait, unwanted);
            var found = unwanted.acceptsNothing() ? Sql.or(List.of(none, any)) : any;
            all.add(Sql.template("not {found}")
                    .put("found", Sql.and(List.of(found)))
                    .sql());
        }
        return Sql.and(all);
    }

    private Sql listed(Trait trait, Filter condition) {
        return Sql.template("groups in (select group_list from {lists} as lists)")
                .put("lists", traits(trait, List.of(condition)))
                .sql();
    }
}
