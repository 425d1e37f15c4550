package io.github.sqlvdi.benchmarks.tune;

import io.github.sqlvdi.benchmarks.server.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings that may be tried: a grid of four axes, without those whose buffers need too much memory.
 *
 * @param sizes values of MAXTRANSFERSIZE in bytes, ascending
 * @param buffersEach buffers for each device, ascending
 * @param devices numbers of devices, ascending
 * @param codecs names of codecs, in the order of their effort
 * @param memory bytes that all buffers may have together
 */
record Space(List<Integer> sizes, List<Integer> buffersEach, List<Integer> devices, List<String> codecs, long memory) {

    /** A place in the grid, by the indices of its values. */
    record Point(int size, int buffers, int devices, int codec) {

        int distance(Point other) {
            return Math.abs(size - other.size) + Math.abs(buffers - other.buffers) + Math.abs(devices - other.devices)
                    + Math.abs(codec - other.codec);
        }
    }

    /** {@return the setting at a place; empty outside the grid and above the memory} */
    Optional<Setting> at(Point point) {
        boolean inside = in(point.size(), sizes) && in(point.buffers(), buffersEach) && in(point.devices(), devices)
                && in(point.codec(), codecs);
        return inside
                ? Optional.of(new Setting(sizes.get(point.size()),
                        buffersEach.get(point.buffers()) * devices.get(point.devices()),
                        devices.get(point.devices()), codecs.get(point.codec()))).filter(set -> set.memory() <= memory)
                : Optional.empty();
    }

    private static boolean in(int index, List<?> values) {
        return index >= 0 && index < values.size();
    }

    /** {@return every place with a setting} */
    List<Point> points() {
        List<Point> all = new ArrayList<>();
        for (int size = 0; size < sizes.size(); size++) {
            for (int each = 0; each < buffersEach.size(); each++) {
                for (int count = 0; count < devices.size(); count++) {
                    for (int codec = 0; codec < codecs.size(); codec++) {
                        Point point = new Point(size, each, count, codec);
                        if (at(point).isPresent()) {
                            all.add(point);
                        }
                    }
                }
            }
        }
        return all;
    }

    /** {@return the places at most so many steps away on each axis} */
    List<Point> neighbours(Point point, int steps) {
        return points().stream()
                .filter(other -> !other.equals(point) && Math.abs(other.size() - point.size()) <= steps
                        && Math.abs(other.buffers() - point.buffers()) <= steps
                        && Math.abs(other.devices() - point.devices()) <= steps
                        && Math.abs(other.codec() - point.codec()) <= steps)
                .toList();
    }

    /** {@return places far from each other: each next one is the farthest from all before, beginning in the middle} */
    List<Point> spread(int count) {
        List<Point> left = new ArrayList<>(points());
        List<Point> chosen = new ArrayList<>();
        while (chosen.size() < count && !left.isEmpty()) {
            Point next = left.get(left.size() / 2);
            int farthest = -1;
            for (Point point : chosen.isEmpty() ? List.<Point>of() : left) {
                int nearest = chosen.stream().mapToInt(point::distance).min().orElseThrow();
                if (nearest > farthest) {
                    farthest = nearest;
                    next = point;
                }
            }
            chosen.add(next);
            left.remove(next);
        }
        return chosen;
    }
}
