package io.github.sqlvdi.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A state table of VDI reference 3.4, written as it is printed: one line a method, one cell a state. A cell is one or
 * more of these, separated by {@code |} when the reference leaves the result open:
 *
 * <pre>
 * ok NOERROR    P VD_E_PROTOCOL    A VD_E_ABORT    T VD_E_TIMEOUT    O VD_E_OPEN    C VD_E_CLOSE    I VD_E_INVALID
 * -  the reference has no entry, or the state cannot be reached with such an object
 * </pre>
 *
 * and {@code >State} behind a result means that the set is in that state afterwards, which is then probed.
 */
final class StateTable {

    private static final Map<String, Integer> RESULTS = Map.of("ok", Code.NOERROR, "P", Code.VD_E_PROTOCOL,
            "A", Code.VD_E_ABORT, "T", Code.VD_E_TIMEOUT, "O", Code.VD_E_OPEN, "C", Code.VD_E_CLOSE,
            "I", Code.VD_E_INVALID);

    private final String side;
    private final List<? extends State> states;
    private final Setup setup;
    private final List<Row> rows = new ArrayList<>();

    StateTable(String side, Setup setup, State... states) {
        this.side = side;
        this.setup = setup;
        this.states = List.of(states);
    }

    /** One line of the table: the cells in the order of the states, and the call that is made in each of them. */
    StateTable line(Method method, String cells, Row.Call call) {
        String[] each = cells.trim().split("\\s+");
        if (each.length != states.size()) {
            throw new IllegalArgumentException(method + " has " + each.length + " cells for " + states.size()
                    + " states: " + cells);
        }
        for (int i = 0; i < each.length; i++) {
            if (!each[i].equals("-")) {
                rows.add(row(method, states.get(i), each[i], call));
            }
        }
        return this;
    }

    private Row row(Method method, State state, String cell, Row.Call call) {
        int[] results = Arrays.stream(cell.split("\\|"))
                .mapToInt(result -> RESULTS.get(result.replaceAll(">.*", ""))).toArray();
        String next = cell.contains(">") ? cell.substring(cell.indexOf('>') + 1) : null;
        Row.Call probed = next == null ? call : stage -> {
            int code = call.call(stage);
            if (code == results[0]) {
                StateProbe.expect(stage, side, next);
            }
            return code;
        };
        Row row = Row.of(method, state, next == null ? "as usual" : "as usual, then " + next, results[0], probed);
        return row.orAlso(Arrays.copyOfRange(results, 1, results.length)).section("3.4").setup(setup)
                .covers(key(side, method, state));
    }

    /** The key of one cell, as {@link ReferenceTables} lists it; "after Close" is the printed column DNE. */
    static String key(String side, Method method, State state) {
        return "3.4 " + side + " " + method.method() + " in " + state.label().replace(" after Close", "");
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }
}
