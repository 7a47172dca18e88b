package org.openpanelmcp.transfer.demo;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.openpanelmcp.transfer.demo.Standing.Stage;

/** Who has visited so far, and what must be remembered of each: a few numbers, so that millions fit. */
final class People {
    private static final long PAUSE = 45 * 60_000L;
    private static final int TRIES = 4;

    private final double newcomers;
    private int size;
    private long[] firstSeen = new long[1024];
    private long[] lastSeen = new long[1024];
    private long[] signedUp = new long[1024];
    private long[] lastAnonymous = new long[1024];
    private long[] since = new long[1024];
    private Stage[] stage = new Stage[1024];
    private float[] loyalty = new float[1024];

    /** @param newcomers how often a visitor is new */
    People(double newcomers) {
        this.newcomers = newcomers;
    }

    /**
     * Picks who visits at a time: someone new, or someone who has been away for a while, rather a recent one and rather
     * a loyal one.
     *
     * @return {@link #size()} as it was before when this is someone new
     */
    int visitor(RandomGenerator random, long at) {
        if (size > 0 && random.nextDouble() >= newcomers) {
            for (int i = 0; i < TRIES; i++) {
                var back = (int) (random.nextDouble() * random.nextDouble() * size);
                var number = size - 1 - back;
                if (at > lastSeen[number] + PAUSE && random.nextDouble() < loyalty[number]) {
                    return number;
                }
            }
        }
        return size;
    }

    /** @param loyalty how likely this person is to come back when picked, 0 to 1 */
    void add(long at, double loyalty) {
        if (size == firstSeen.length) {
            grow(size * 2);
        }
        firstSeen[size] = at;
        stage[size] = Stage.VISITOR;
        this.loyalty[size] = (float) loyalty;
        size++;
    }

    int size() {
        return size;
    }

    Standing standing(int number) {
        return new Standing(stage[number], since[number]);
    }

    /** @param anonymously whether an event of the visit carries the device only */
    void saw(int number, long at, boolean anonymously, Standing standing) {
        if (signedUp[number] == 0 && standing.isMember()) {
            signedUp[number] = standing.since();
        }
        stage[number] = standing.stage();
        since[number] = standing.since();
        lastSeen[number] = at;
        if (anonymously) {
            lastAnonymous[number] = at;
        }
    }

    long firstSeen(int number) {
        return firstSeen[number];
    }

    long lastSeen(int number) {
        return lastSeen[number];
    }

    /** 0: never. */
    long signedUp(int number) {
        return signedUp[number];
    }

    /** 0: every event carries the user's id. */
    long lastAnonymous(int number) {
        return lastAnonymous[number];
    }

    private void grow(int length) {
        firstSeen = Arrays.copyOf(firstSeen, length);
        lastSeen = Arrays.copyOf(lastSeen, length);
        signedUp = Arrays.copyOf(signedUp, length);
        lastAnonymous = Arrays.copyOf(lastAnonymous, length);
        since = Arrays.copyOf(since, length);
        stage = Arrays.copyOf(stage, length);
        loyalty = Arrays.copyOf(loyalty, length);
    }
}
