package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.DeviceState;
import io.github.sqlvdi.SetPhase;
import io.github.sqlvdi.internal.engine.SetSnapshot.Device;
import io.github.sqlvdi.internal.engine.SetSnapshot.Member;
import io.github.sqlvdi.internal.engine.host.Host;
import io.github.sqlvdi.internal.engine.host.SetEntry;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** Reads the control regions of live sets without joining them. */
public final class SetInspector {
    private static final Logger LOG = System.getLogger("io.github.sqlvdi.engine");

    private final MemorySegment memory;
    private final SetHeader header;

    private SetInspector(MemorySegment memory, SetHeader header) {
        this.memory = memory;
        this.header = header;
    }

    /**
     * {@return the live sets}
     *
     * @param unreachable gets each live set whose memory this process cannot reach, and why
     */
    public static List<SetSnapshot> list(BiConsumer<SetEntry, IOException> unreachable) throws IOException {
        Host host = Hosts.current();
        List<SetSnapshot> sets = new ArrayList<>();
        for (SetEntry entry : host.names().list()) {
            try (SharedRegion region = host.openRegion(entry.control(), ControlLayout.LENGTH)) {
                MemorySegment memory = region.memory();
                sets.add(new SetInspector(memory, SetHeader.read(memory, entry.control().set())).inspect(entry));
            } catch (IOException e) {
                LOG.log(Level.DEBUG, () -> "set \"" + entry.name() + "\" ended or can't be reached", e);
                if (entry.control().equals(host.names().find(entry.instance(), entry.name()))) { // it has not ended
                    unreachable.accept(entry, e);
                }
            } catch (DamagedRegionException e) {
                LOG.log(Level.DEBUG, () -> "set \"" + entry.name() + "\" ended or can't be read", e);
            }
        }
        sets.sort(Comparator.comparing(SetSnapshot::name).thenComparing(SetSnapshot::instance));
        return sets;
    }

    private SetSnapshot inspect(SetEntry entry) throws DamagedRegionException {
        int phaseWord = Atomics.getIntVolatile(memory, ControlLayout.PHASE_OFFSET);
        SetPhase phase = switch (phaseWord) {
            case 0 -> SetPhase.CREATED;
            case ControlLayout.PHASE_CONNECTED -> SetPhase.CONNECTED;
            case ControlLayout.PHASE_INITIALIZED -> SetPhase.CONFIGURED;
            default -> SetPhase.UNKNOWN;
        };
        long config = phase == SetPhase.CONFIGURED
                ? ControlLayout.FINAL_CONFIG_OFFSET
                : ControlLayout.REQUESTED_CONFIG_OFFSET;
        int features = SharedBlocks.readConfig(memory, config, header.key()).features();
        int abort = Atomics.getIntVolatile(memory, ControlLayout.ABORT_OFFSET);
        List<Member> members = new ArrayList<>();
        for (int slot = 0; slot < ControlLayout.PROCESS_SLOTS; slot++) {
            long pid = pid(slot);
            if (pid != 0) {
                members.add(new Member(SetMember.role(slot), pid));
            }
        }
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < header.deviceCount(); i++) {
            devices.add(device(i));
        }
        return new SetSnapshot(entry.instance(), entry.name(), phase,
                abort == 0 ? Optional.empty() : Optional.of(AbortWord.reason(abort)), features,
                Atomics.getIntVolatile(memory, ControlLayout.AREA_COUNT_OFFSET), members, devices);
    }

    private long pid(int slot) {
        return Atomics.getLongVolatile(memory, ControlLayout.process(slot));
    }

    private Device device(int index) throws DamagedRegionException {
        long block = ControlLayout.device(index);
        int stateWord = Atomics.getIntVolatile(memory, block + ControlLayout.SERVER_STATE_OFFSET);
        DeviceState state = switch (stateWord) {
            case 0 -> DeviceState.NOT_OPEN;
            case ControlLayout.DEVICE_OPEN -> DeviceState.OPEN;
            case ControlLayout.DEVICE_CLOSED -> DeviceState.CLOSED;
            default -> throw new DamagedRegionException("a device in state 0x" + Integer.toHexString(stateWord));
        };
        Optional<String> name = stateWord == 0
                ? Optional.empty()
                : Optional.of(SharedBlocks.readName(memory, block + ControlLayout.DEVICE_NAME_OFFSET, header.key()));
        int owner = (int) Atomics.getLongVolatile(memory, block + ControlLayout.CLIENT_OWNER_OFFSET) - 1;
        long ownerPid = owner >= 0 && owner < ControlLayout.PROCESS_SLOTS ? pid(owner) : 0;
        return new Device(name, state, ownerPid == 0 ? OptionalLong.empty() : OptionalLong.of(ownerPid),
                Atomics.getLongVolatile(memory, block + ControlLayout.COMMAND_TAIL_OFFSET),
                Atomics.getLongVolatile(memory, block + ControlLayout.COMMANDS_FETCHED_OFFSET),
                Atomics.getLongVolatile(memory, block + ControlLayout.COMPLETION_TAIL_OFFSET));
    }
}
