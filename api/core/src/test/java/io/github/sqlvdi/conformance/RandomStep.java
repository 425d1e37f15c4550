package io.github.sqlvdi.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One step of a random sequence: a kind of call and two numbers that choose among what there is at that moment, so that
 * a sequence with any of its steps left out is still a sequence.
 */
record RandomStep(Kind kind, int first, int second) {

    /** Calls and how often they are drawn. */
    enum Kind {
        CREATE(6), CREATE_WRONGLY(2), JOIN(5), CLIENT_GET_CONFIGURATION(6), CLIENT_OPEN_DEVICE(10), GET_COMMAND(14),
        COMPLETE_COMMAND(14), GET_HANDLE(4), MAP_HANDLE(4), CLIENT_ABORT(1), CLIENT_CLOSE(10),
        SERVER_OPEN(8), SERVER_GET_CONFIGURATION(3), BEGIN(8), REQUEST(6), END(8), QUERY(2), SERVER_OPEN_DEVICE(12),
        ALLOCATE(8), FREE(5), IS_SHARED(3), SEND(18), CLOSE_DEVICE(3), SERVER_ABORT(1), SERVER_CLOSE(10);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    private static final List<Kind> DRAW = draw();

    private static List<Kind> draw() {
        List<Kind> draw = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < kind.weight; i++) {
                draw.add(kind);
            }
        }
        return List.copyOf(draw);
    }

    static RandomStep next(Random random) {
        return new RandomStep(DRAW.get(random.nextInt(DRAW.size())), random.nextInt(1 << 16), random.nextInt(1 << 16));
    }

    /** The element that the first number chooses; null when there is none. */
    <T> T pick(List<T> from) {
        return from.isEmpty() ? null : from.get(first % from.size());
    }

    /** The element that the second number chooses; null when there is none. */
    <T> T pickSecond(List<T> from) {
        return from.isEmpty() ? null : from.get(second % from.size());
    }

    /** True in one of {@code many} cases. */
    boolean oneIn(int many) {
        return second % many == 0;
    }
}
