package io.github.sqlvdi.conformance;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/**
 * One line of a table: in this state this method with this argument returns this code.
 *
 * @param argument what is special about the call, or about the moment
 * @param feature  the feature bits or option the line is about; empty when it does not matter
 * @param permitted the codes that the reference permits; one, unless it leaves the result open
 * @param covers   rows of the reference's tables that this line produces, besides the (method, code) pair
 * @param arranged whether the stage is brought into the state before the call; otherwise the call does it on its way
 */
record Row(Method method, State state, String argument, String feature, String section, Setup setup,
        List<Integer> permitted, Set<String> covers, Set<Capability> needs, boolean arranged, Call call)
        implements
            Case {

    /** The one call that the line is about. */
    @FunctionalInterface
    interface Call {
        int call(Stage stage) throws Exception;
    }

    static Row of(Method method, State state, String argument, int expected, Call call) {
        Set<Capability> needs = EnumSet.noneOf(Capability.class);
        if (method.ofServer() || state.needsServer()) {
            needs.add(Capability.SERVER);
        }
        return new Row(method, state, argument, "", method.section(), Setup.devices(1), List.of(expected), Set.of(),
                needs, true, call);
    }

    /** The reference leaves the result open: these codes are permitted as well. */
    Row orAlso(int... codes) {
        return new Row(method, state, argument, feature, section, setup,
                Stream.concat(permitted.stream(), IntStream.of(codes).boxed()).toList(), covers, needs, arranged, call);
    }

    Row setup(Setup value) {
        return new Row(method, state, argument, feature, section, value, permitted, covers, needs, arranged, call);
    }

    Row feature(String value) {
        return new Row(method, state, argument, value, section, setup, permitted, covers, needs, arranged, call);
    }

    Row section(String value) {
        return new Row(method, state, argument, feature, value, setup, permitted, covers, needs, arranged, call);
    }

    Row covers(String... keys) {
        return new Row(method, state, argument, feature, section, setup, permitted, Set.copyOf(List.of(keys)), needs,
                arranged, call);
    }

    Row needs(Capability more) {
        Set<Capability> all = EnumSet.of(more);
        all.addAll(needs);
        return new Row(method, state, argument, feature, section, setup, permitted, covers, all, arranged,
                call);
    }

    /** The call brings the stage into the state itself, because something has to happen on the way. */
    Row arrangedByCall() {
        return new Row(method, state, argument, feature, section, setup, permitted, covers, needs, false, call);
    }

    boolean open() {
        return permitted.size() > 1;
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
