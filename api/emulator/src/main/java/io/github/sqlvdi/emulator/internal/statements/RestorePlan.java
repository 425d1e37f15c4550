package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.mtf.MediaLabel;
import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.mtf.Wholeness;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the devices of a restore decide together while their streams begin. Used by all device threads. */
final class RestorePlan {

    private final int devices;
    private final boolean labelsOnly;
    private final Consumer<StreamReport> check;
    private final Map<String, MediaLabel> labels = new LinkedHashMap<>();
    private List<ServerMessage> refusal = List.of();
    private boolean enough;
    private boolean checked;
    private StreamReport first;

    /**
     * Makes a plan.
     *
     * @param devices how many devices the statement has
     * @param labelsOnly whether the labels are all that is wanted
     * @param check checks the first header; throws {@link ServerError} to refuse
     */
    RestorePlan(int devices, boolean labelsOnly, Consumer<StreamReport> check) {
        this.devices = devices;
        this.labelsOnly = labelsOnly;
        this.check = check;
    }

    synchronized void label(String device, MediaLabel label) {
        MediaLabel other = labels.isEmpty() ? label : labels.values().iterator().next();
        int families = label.familyCount().orElse(1);
        if (!label.mediaSetId().equals(other.mediaSetId())) {
            refuse(ServerMessage.error(3258,
                    "The volume on the device '%s' is not part of the media family that is currently "
                            + "being processed. BACKUP WITH FORMAT can be used to form a new media set.",
                    device));
        } else if (labels.values().stream()
                .anyMatch(each -> each.familySequenceNumber().equals(label.familySequenceNumber()))) {
            refuse(ServerMessage.error(3227,
                    "The backup media on \"%s\" is part of media family %d which has already been "
                            + "processed on \"%s\". Ensure that backup devices are correctly specified. For tape devices, ensure that "
                            + "the correct volumes are loaded.",
                    device, label.familySequenceNumber().orElse(1),
                    labels.keySet().iterator().next()));
        } else if (!labelsOnly && families > devices) {
            refuse(ServerMessage.error(3132,
                    "The media set has %d media families but only %d are provided. All members must be "
                            + "provided.",
                    families, devices));
        } else if (!labelsOnly && families < devices) {
            refuse(ServerMessage.error(3231,
                    "The media loaded on \"%s\" is formatted to support %d media families, but %d "
                            + "media families are expected according to the backup device specification.",
                    device, families, devices));
        }
        labels.put(device, label);
        enough |= labelsOnly && labels.size() == devices;
        checkWhenComplete();
    }

    synchronized void header(StreamReport report) {
        first = first == null ? report : first;
        checkWhenComplete();
    }

    /** Labels come first: stripes that do not belong together are refused before the plan for the database is. */
    private void checkWhenComplete() {
        if (first != null && !checked && refusal.isEmpty() && labels.size() == devices) {
            checked = true;
            try {
                check.accept(first);
            } catch (ServerError error) {
                refusal = error.messages();
            }
        }
    }

    synchronized void offence(String device, StreamReport report) {
        refuse(problem(device, report));
    }

    /** The message for a stream that is not a whole backup; inferred but for 3241. */
    static ServerMessage problem(String device, StreamReport report) {
        if (report.length() == 0) {
            return ServerMessage.error(3254, "The volume on device '%s' is empty.", device);
        }
        if (report.wholeness() == Wholeness.UNKNOWN) {
            return Messages.noBackup(device);
        }
        return report.wholeness() == Wholeness.INCOMPLETE ? Messages.endOfFile(device) : ServerMessage.error(3242,
                "The file on device '%s' is not a valid Microsoft Tape Format backup set.", device);
    }

    private void refuse(ServerMessage message) {
        if (refusal.isEmpty()) {
            refusal = List.of(message);
        }
    }

    /** Stops the device: the statement is refused, or knows enough. */
    synchronized void stopIfDecided() throws IOException {
        if (enough || !refusal.isEmpty()) {
            throw new IOException("the statement reads no more");
        }
    }

    synchronized List<ServerMessage> refusal() {
        return refusal;
    }

    synchronized boolean isEnough() {
        return enough;
    }

    synchronized MediaLabel firstLabel() {
        return labels.values().iterator().next();
    }
}
