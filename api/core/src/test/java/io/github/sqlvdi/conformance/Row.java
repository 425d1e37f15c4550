package io.github.sqlvdi.conformance;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.opentest4j.AssertionFailedError;

/**
 * One line of a table: in this state this method with this argument returns this code. {@link #of} makes a complete line; the
 * methods after it change this line, and return it.
 */
final class Row implements Case {

    /** The one call that the line is about. */
    @FunctionalInterface
    interface Call {
        int call(Stage stage) throws Exception;
    }

    private final Method method;
    private final State state;
    /** The special argument of the call, or the special moment. */
    private final String argument;
    private final Call call;
    /** The feature bits or option the line is about; empty when it does not matter. */
    private String feature = "";
    private String section;
    private Setup setup = Setup.devices(1);
    /** The codes that the reference permits; one, unless it leaves the result open. */
    private final List<Integer> permitted = new ArrayList<>();
    /** Rows of the reference's tables that this line produces, besides the (method, code) pair. */
    private Set<String> covers = Set.of();
    private final Set<Capability> needs = EnumSet.noneOf(Capability.class);
    /** Whether the stage is brought into the state before the call; otherwise the call does it on its way. */
    private boolean arranged = true;

    private Row(Method method, State state, String argument, Call call) {
        this.method = method;
        this.state = state;
        this.argument = argument;
        this.call = call;
        this.section = method.section();
    }

    static Row of(Method method, State state, String argument, int expected, Call call) {
        Row row = new Row(method, state, argument, call).orAlso(expected);
        return method.ofServer() || state.needsServer() ? row.needs(Capability.SERVER) : row;
    }

    /** The reference leaves the result open: these codes are permitted as well. */
    Row orAlso(int... codes) {
        IntStream.of(codes).forEach(permitted::add);
        return this;
    }

    Row setup(Setup value) {
        setup = value;
        return this;
    }

    Row feature(String value) {
        feature = value;
        return this;
    }

    Row section(String value) {
        section = value;
        return this;
    }

    Row covers(String... keys) {
        covers = Set.copyOf(List.of(keys));
        return this;
    }

    Row needs(Capability more) {
        needs.add(more);
        return this;
    }

    /** The call brings the stage into the state itself, because something has to happen on the way. */
    Row arrangedByCall() {
        arranged = false;
        return this;
    }

    boolean open() {
        return permitted.size() > 1;
    }

    @Override
    public String section() {
        return section;
    }

    @Override
    public Set<Capability> needs() {
        return needs;
    }

    @Override
    public String title() {
        return method.iface() + "." + method.method() + " | " + state.label() + " | " + argument
                + (feature.isEmpty() ? "" : " | " + feature) + " -> "
                + permitted.stream().map(Code::name).collect(Collectors.joining(" or ")) + " (" + section + ")";
    }

    @Override
    public void run(VdiUnderTest vdi, Coverage coverage) throws Exception {
        try (Stage stage = new Stage(vdi, setup)) {
            if (arranged) {
                state.arrange(stage);
            }
            int code = call.call(stage);
            if (!permitted.contains(code)) {
                throw new AssertionFailedError(title() + ": returned " + Code.name(code),
                        permitted.stream().map(Code::name).toList(), Code.name(code));
            }
            coverage.produced(method.pair(code), title());
            covers.forEach(key -> coverage.produced(key, title()));
            if (open()) {
                coverage.observed(this, code);
            }
        }
    }
}
