package io.github.sqlvdi.mtf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Several streams as the stripes of one media set: whether they belong together, all are there, and none is there twice
 * (MTF reference 4 and 13). Labels stand in the first sectors, so this can be said before any page flows.
 */
public final class MediaSet {

    private final List<String> problems;
    private final List<Integer> order;
    private final int familyCount;

    private MediaSet(List<String> problems, List<Integer> order, int familyCount) {
        this.problems = List.copyOf(problems);
        this.order = Collections.unmodifiableList(order);
        this.familyCount = familyCount;
    }

    /**
     * Checks the labels of streams.
     *
     * @param labels the labels, in any order, one or more
     * @return the set
     * @throws IllegalArgumentException if there is none
     */
    public static MediaSet ofLabels(List<MediaLabel> labels) {
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("no label was given: expected one or more");
        }
        List<String> problems = new ArrayList<>();
        MediaLabel first = labels.getFirst();
        int count = first.familyCount().orElse(1);
        List<Integer> order = new ArrayList<>(Collections.nCopies(count, -1));
        for (int index = 0; index < labels.size(); index++) {
            place(labels.get(index), index, first, order, problems);
        }
        List<Integer> missing = new ArrayList<>();
        for (int family = 1; family <= count; family++) {
            if (order.get(family - 1) < 0) {
                missing.add(family);
            }
        }
        if (!missing.isEmpty()) {
            problems.add(String.format(Locale.ROOT, "the media set has %d media families, and %s not there (Msg 3132)",
                    count,
                    missing.size() == 1 ? "family " + missing.getFirst() + " is" : "families " + missing + " are"));
        }
        return new MediaSet(problems, order, count);
    }

    private static void place(MediaLabel label, int index, MediaLabel first, List<Integer> order,
            List<String> problems) {
        String stream = "stream " + (index + 1);
        int family = label.familySequenceNumber().orElse(1);
        if (!label.mediaSetId().equals(first.mediaSetId()) || !label.familyCount().equals(first.familyCount())) {
            problems.add(
                    String.format(Locale.ROOT, "%s is of media set %s, stream 1 of media set %s (Msg 3258)", stream,
                            label.mediaSetId(), first.mediaSetId()));
        } else if (family < 1 || family > order.size()) {
            problems.add(
                    String.format(Locale.ROOT, "%s says that it is family %d of %d", stream, family, order.size()));
        } else if (order.get(family - 1) >= 0) {
            problems.add(String.format(Locale.ROOT, "%s and stream %d are both family %d of their media set (Msg 3227)",
                    stream,
                    order.get(family - 1) + 1, family));
        } else {
            order.set(family - 1, index);
        }
        if (label.mediaSequenceNumber() != 1) {
            problems.add(String.format(Locale.ROOT, "%s begins on medium %d of its family: expected 1", stream,
                    label.mediaSequenceNumber()));
        }
    }

    /**
     * Whether two labels contradict each other as stripes of one media set: they are of different sets, or both the same
     * family. That can be said before the other stripes are known.
     *
     * @param one a label
     * @param other another label
     * @return what is wrong, a sentence each without a full stop; empty when the two may be stripes of one set
     */
    public static List<String> contradictions(MediaLabel one, MediaLabel other) {
        List<String> problems = new ArrayList<>();
        int families = one.familyCount().orElse(1);
        if (!one.mediaSetId().equals(other.mediaSetId()) || families != other.familyCount().orElse(1)) {
            problems.add(String.format(Locale.ROOT, "one is of media set %s, the other of media set %s (Msg 3258)",
                    one.mediaSetId(), other.mediaSetId()));
        } else if (one.familySequenceNumber().equals(other.familySequenceNumber())) {
            problems.add(String.format(Locale.ROOT, "both are family %d of media set %s (Msg 3227)",
                    one.familySequenceNumber().orElse(1), one.mediaSetId()));
        }
        return problems;
    }

    /**
     * Checks streams that were read: as {@link #ofLabels}, and also whether they hold the same backup set and each is
     * whole.
     *
     * @param streams the reports, in any order, one or more
     * @return the set
     * @throws IllegalArgumentException if there is none
     */
    public static MediaSet of(List<StreamReport> streams) {
        if (streams.isEmpty()) {
            throw new IllegalArgumentException("no stream was given: expected one or more");
        }
        List<String> problems = new ArrayList<>();
        List<MediaLabel> labels = new ArrayList<>();
        Optional<BackupHeader> first = streams.getFirst().header();
        for (int index = 0; index < streams.size(); index++) {
            StreamReport stream = streams.get(index);
            if (!stream.isWhole()) {
                problems.add(String.format(Locale.ROOT, "stream %d is %s", index + 1, stream.verdict()));
            }
            stream.label().ifPresent(labels::add);
            if (first.isPresent() && stream.header().isPresent()) {
                compare(stream.header().get(), first.get(), index, problems);
            }
        }
        if (labels.size() < streams.size()) {
            return new MediaSet(problems, List.of(), 0);
        }
        MediaSet set = ofLabels(labels);
        problems.addAll(set.problems);
        return new MediaSet(problems, set.order, set.familyCount);
    }

    /** Every stripe carries the whole configuration; the stripes of a set carry the same. */
    private static void compare(BackupHeader header, BackupHeader first, int index, List<String> problems) {
        if (header.isFinal() != first.isFinal()) {
            return;
        }
        for (Column<?> column : HeaderColumns.ALL) {
            if (!Objects.equals(header.get(column), first.get(column))) {
                problems.add(String.format(Locale.ROOT, "stream %d is of another backup than stream 1: %s is %s and %s",
                        index + 1,
                        column, header.get(column), first.get(column)));
                return;
            }
        }
    }

    /** {@return whether all families are there, once each, of one set; and whole, where whole streams were given} */
    public boolean isComplete() {
        return problems.isEmpty();
    }

    /** {@return what is wrong, a sentence each without a full stop; empty for a complete set} */
    public List<String> problems() {
        return problems;
    }

    /** {@return how many families the set has, 0 where a stream has no label} */
    public int familyCount() {
        return familyCount;
    }

    /** {@return for each family, the first one first, the index of its stream in what was given; -1 where it is missing} */
    public List<Integer> order() {
        return order;
    }

    /** {@return whether the streams were given in the order of their families, without one missing} */
    public boolean isInOrder() {
        for (int family = 0; family < order.size(); family++) {
            if (order.get(family) != family) {
                return false;
            }
        }
        return !order.isEmpty();
    }
}
