package io.github.sqlvdi.stream;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.mtf.MediaLabel;
import io.github.sqlvdi.mtf.MediaSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses a restore from stripes that do not belong together, before the server gets the first byte of the wrong
 * stripe. The threads of all devices may call it at the same time.
 */
final class StripeCheck {

    private record Stripe(int device, MediaLabel label) {
    }

    private final List<String> deviceNames;
    private final List<Stripe> known = new ArrayList<>();

    StripeCheck(List<String> deviceNames) {
        this.deviceNames = deviceNames;
    }

    /**
     * Compares the label of a device's stream with the labels of the other devices, and stores it. A new label of the
     * same device replaces its old one.
     */
    synchronized void add(int device, MediaLabel label) throws DeviceFailureException {
        known.removeIf(stripe -> stripe.device() == device);
        for (Stripe other : known) {
            List<String> problems = MediaSet.contradictions(other.label(), label);
            if (!problems.isEmpty()) {
                throw new DeviceFailureException(CompletionCodes.READ_FAULT,
                        "The streams of devices " + deviceNames.get(other.device()) + " and " + deviceNames.get(device)
                                + " are not stripes of one media set: " + problems.getFirst());
            }
        }
        known.add(new Stripe(device, label));
    }
}
