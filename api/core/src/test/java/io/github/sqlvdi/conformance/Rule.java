package io.github.sqlvdi.conformance;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A rule that takes more than one call to see, such as an order, an effect on the other side, or a round trip.
 *
 * @param covers rows of the reference's tables that the rule produces
 */
record Rule(String section, String title, Setup setup, Set<String> covers, Set<Capability> needs, Scenario scenario)
        implements
            Case {

    /** Plays the rule on a fresh stage and throws if it does not hold. */
    @FunctionalInterface
    interface Scenario {
        void play(Stage stage) throws Exception;
    }

    static Rule of(String section, String title, Scenario scenario) {
        return new Rule(section, title, Setup.devices(1), Set.of(), EnumSet.of(Capability.SERVER), scenario);
    }

    Rule setup(Setup value) {
        return new Rule(section, title, value, covers, needs, scenario);
    }

    Rule covers(String... keys) {
        return new Rule(section, title, setup, Set.copyOf(List.of(keys)), needs, scenario);
    }

    Rule needs(Capability more) {
        Set<Capability> all = EnumSet.of(more);
        all.addAll(needs);
        return new Rule(section, title, setup, covers, all, scenario);
    }

    @Override
    public void run(VdiUnderTest vdi, Coverage coverage) throws Exception {
        try (Stage stage = new Stage(vdi, setup)) {
            scenario.play(stage);
        }
        covers.forEach(key -> coverage.produced(key, title));
    }
}
