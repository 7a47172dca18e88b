package org.openpanelmcp.transfer.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/** Picks one of several values, each as often as its weight says. */
final class Weighted<T> {
    private final List<T> values;
    private final double[] bounds;

    private Weighted(List<T> values, double[] bounds) {
        this.values = values;
        this.bounds = bounds;
    }

    record Choice<T>(double weight, T value) {}

    static <T> Choice<T> choice(double weight, T value) {
        return new Choice<>(weight, value);
    }

    static <T> Weighted<T> of(List<Choice<T>> choices) {
        var bounds = new double[choices.size()];
        double sum = 0;
        for (int i = 0; i < bounds.length; i++) {
            sum += choices.get(i).weight();
            bounds[i] = sum;
        }
        return new Weighted<>(choices.stream().map(Choice::value).toList(), bounds);
    }

    T pick(RandomGenerator random) {
        var at = random.nextDouble() * bounds[bounds.length - 1];
        int i = 0;
        while (bounds[i] <= at) {
            i++;
        }
        return values.get(i);
    }
}
