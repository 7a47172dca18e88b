package org.openpanelmcp.query;

/**
 * What engines say differently. The expressions mean the same on every engine; {@code EngineContractTest} holds that.
 *
 * <p>Rules for all SQL of this product: aliases never equal column names, grouping is by alias, rounding happens in
 * Java, weeks and zones are computed by {@link Buckets}.
 */
public interface Dialect {
    /** The project's events, one row each. */
    Sql events(ProjectScope scope);

    /** The project's sessions, the latest state of each, one row each. */
    Sql sessions(ProjectScope scope);

    /** The project's profiles, the latest version of each (of equally late ones the one written last), one row each. */
    Sql profiles(ProjectScope scope);

    /** Those of {@link #profiles(ProjectScope)} whose id is in the list, which is much cheaper than looking for them there. */
    Sql profiles(ProjectScope scope, Sql ids);

    /** The project's groups that are not deleted, the latest version of each, one row each. */
    Sql groups(ProjectScope scope);

    /** The whole number of which only one bit is set, at a place from 0 to 61. ClickHouse: {@code bitShiftLeft(1, …)}. */
    Sql bit(Sql place);

    /** The bits that are set in the number of any row. ClickHouse: {@code groupBitOr}. */
    Sql bitsOfAny(Sql expression);

    /** The bits that are set in one of two numbers at least. ClickHouse: {@code bitOr}. */
    Sql bitsOfEither(Sql left, Sql right);

    /** The bits that are set in both of two numbers. ClickHouse: {@code bitAnd}. */
    Sql bitsOfBoth(Sql left, Sql right);

    /** How many bits of a positive number are set. ClickHouse: {@code bitCount}. */
    Sql countBits(Sql number);

    /** Milliseconds since 1970 UTC, of a timestamp. */
    Sql epochMillis(Sql timestamp);

    /** Years since 0 times 12 plus the month (0-11), of milliseconds since 1970. */
    Sql monthIndex(Sql millis);

    /** The largest whole number not above {@code dividend / divisor}, for positive numbers. */
    Sql divideWhole(Sql dividend, Sql divisor);

    /** The value of a key in a map column; the empty text when the key is missing. */
    Sql property(Sql map, Sql key);

    /** Whether a map column has a key, even with an empty value. */
    Sql hasProperty(Sql map, Sql key);

    /** In a select list: the row once for each key of a map column, with that key. */
    Sql eachKey(Sql map);

    /** In a select list: the row once for each element of a list column, with that element. ClickHouse: {@code arrayJoin}. */
    Sql eachElement(Sql list);

    /** The number of elements of a list column. */
    Sql size(Sql list);

    /** The value of the row whose {@code by} is greatest; of any of them where several are. */
    Sql ofLatest(Sql expression, Sql by);

    /** The value of the row whose {@code by} is least; of any of them where several are. ClickHouse: {@code argMin}. */
    Sql ofEarliest(Sql expression, Sql by);

    /** How many rows fulfil the condition. */
    Sql countIf(Sql condition);

    /** The sum over the rows that fulfil the condition; 0 when none does. */
    Sql sumIf(Sql expression, Sql condition);

    /** The mean over the rows that fulfil the condition; null when none does. */
    Sql averageIf(Sql expression, Sql condition);

    /** The sum; 0 of no rows. */
    Sql sum(Sql expression);

    /** The greatest value; null of no rows. */
    Sql max(Sql expression);

    /** The exact, linearly interpolated median; null of no rows. */
    Sql median(Sql expression);

    /** The exact, linearly interpolated 0.9 quantile; null of no rows. ClickHouse: {@code quantileExactInclusive(0.9)}. */
    Sql percentile90(Sql expression);

    /**
     * A 63-bit number made of two texts, to group and look up by: engines compare numbers several times faster. Two of a
     * thousand million different pairs share one with a chance of about 1 in 20; never count people with it.
     */
    Sql fingerprint(Sql first, Sql second);

    /** The value of any row of the group, where all rows have the same. */
    Sql any(Sql expression);

    /** How many distinct values, exactly. */
    Sql countDistinct(Sql expression);

    /** {@code like}, case-sensitive; {@code pattern} escapes its wildcards with a backslash. */
    Sql like(Sql text, Sql pattern);

    /** Like {@link #like}, ignoring the case of letters. */
    Sql likeIgnoringCase(Sql text, Sql pattern);

    /**
     * How many single changes (Levenshtein) turn one text into the other, counted in characters or bytes. ClickHouse:
     * {@code editDistanceUTF8}.
     */
    Sql editDistance(Sql left, Sql right);

    /** Whether a regular expression (RE2) matches somewhere; {@code .} does not match a line break. */
    Sql matches(Sql text, Sql expression);

    /** The number of characters. */
    Sql length(Sql text);

    /** The text as a finite number, white space around it ignored; null when it is none. */
    Sql number(Sql text);

    /** Whether the list column holds the value. */
    Sql contains(Sql list, Sql value);

    /** Whole days since 1970 of a day column. */
    Sql epochDay(Sql date);
}
