package io.github.sqlvdi.emulator;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.statement.SqlMessage;
import java.util.Locale;
import java.util.Optional;

/**
 * The checks that SQL Server makes before it works with devices: of the options of the statement, and of the client's
 * configuration.
 */
final class StatementCheck {

    private static final int MIN_BLOCK = 512;
    private static final int MAX_BLOCK = 65_536;
    private static final int TRANSFER_UNIT = 65_536;
    private static final int MAX_TRANSFER = 4 << 20;

    private StatementCheck() {
    }

    static Optional<SqlMessage> options(StatementPlan plan) {
        if (plan.deviceCount() > VdiConfig.MAX_DEVICES) {
            return Optional.of(SqlMessages.tooManyDevices(VdiConfig.MAX_DEVICES));
        }
        if (plan.blockSize() < MIN_BLOCK || plan.blockSize() > MAX_BLOCK) {
            return Optional.of(SqlMessages.outOfRange("BLOCKSIZE", plan.blockSize()));
        }
        if (Integer.bitCount(plan.blockSize()) != 1) {
            return Optional.of(SqlMessages.blockSizeNotPowerOfTwo());
        }
        if (plan.maxTransferSize() < TRANSFER_UNIT || plan.maxTransferSize() > MAX_TRANSFER) {
            return Optional.of(SqlMessages.outOfRange("MAXTRANSFERSIZE", plan.maxTransferSize()));
        }
        if (plan.maxTransferSize() % TRANSFER_UNIT != 0) {
            return Optional.of(SqlMessages.invalidParameter("MAXTRANSFERSIZE"));
        }
        if (plan.requestedBuffers() < 0) {
            return Optional.of(SqlMessages.outOfRange("BUFFERCOUNT", plan.requestedBuffers()));
        }
        if (plan.snapshot() && plan.deviceCount() != 1) {
            return Optional.of(SqlMessages.snapshotNeedsOneDevice());
        }
        return Optional.empty();
    }

    static Optional<SqlMessage> client(StatementPlan plan, VdiConfig client) {
        int features = client.features();
        if (client.deviceCount() != plan.deviceCount()) {
            return unusable(String.format(Locale.ROOT, "the client has %d devices, the statement %d",
                    client.deviceCount(), plan.deviceCount()));
        }
        if (!Features.isLikePipe(features) && !Features.isLikeTape(features) && !Features.isLikeDisk(features)) {
            return unusable("features " + Features.describe(features));
        }
        if (client.alignment() < 0 || client.alignment() > MAX_BLOCK || Integer.bitCount(client.alignment()) > 1) {
            return unusable("alignment " + Integer.toUnsignedString(client.alignment()));
        }
        if (plan.snapshot() && !Features.isLikePipe(features)) {
            return unusable("WITH SNAPSHOT needs pipe-like devices");
        }
        return Optional.empty();
    }

    private static Optional<SqlMessage> unusable(String why) {
        return Optional.of(SqlMessages.unusableConfiguration(why));
    }
}
