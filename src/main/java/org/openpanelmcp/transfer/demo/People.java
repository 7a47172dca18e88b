package org.openpanelmcp.transfer.demo;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Who has visited so far, and what must be remembered of each: a few numbers, so that millions fit. */
final class People {
    private static final long PAUSE = 45 * 60_000L;
    private static final double NEW_VISITOR = 0.52;

    private int size;
    private long[] firstSeen = new long[1024];
    private long[] lastSeen = new long[1024];
    private long[] signedUp = new long[1024];
    private long[] lastAnonymous = new long[1024];

    /** Picks who visits at a time: someone new, or someone who has been away for a while, rather a recent one. */
    int visitor(RandomGenerator random, long at) {
        if (size > 0 && random.nextDouble() >= NEW_VISITOR) {
            var back = (int) (random.nextDouble() * random.nextDouble() * size);
            var number = size - 1 - back;
            if (at > lastSeen[number] + PAUSE) {
                return number;
            }
        }
        return add(at);
    }

    int size() {
        return size;
    }

    boolean isMember(int number) {
        return signedUp[number] != 0;
    }

    void signUp(int number, long at) {
        signedUp[number] = at;
    }

    void saw(int number, long at, boolean anonymously) {
        lastSeen[number] = Math.max(lastSeen[number], at);
        if (anonymously) {
            lastAnonymous[number] = Math.max(lastAnonymous[number], at);
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

    private int add(long at) {
        if (size == firstSeen.length) {
            firstSeen = Arrays.copyOf(firstSeen, size * 2);
            lastSeen = Arrays.copyOf(lastSeen, size * 2);
            signedUp = Arrays.copyOf(signedUp, size * 2);
            lastAnonymous = Arrays.copyOf(lastAnonymous, size * 2);
        }
        firstSeen[size] = at;
        return size++;
    }
}
