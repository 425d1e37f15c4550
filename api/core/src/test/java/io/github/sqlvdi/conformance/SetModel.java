package io.github.sqlvdi.conformance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the state tables of VDI reference 3.4 need to know of one set, and nothing else: the small model that random
 * sequences are compared with.
 */
final class SetModel {

    /** How far the server has come. */
    enum Phase { NEW, CONNECTED, CONFIGURABLE, INITIALIZING, CLOSED }

    final String name;
    final List<Device> devices;
    Phase server = Phase.NEW;
    boolean aborted;
    /** The primary's GetConfiguration has returned NOERROR. */
    boolean primaryConfigured;

    SetModel(String name, int deviceCount) {
        this.name = name;
        devices = IntStream.range(0, deviceCount).mapToObj(i -> new Device(i == 0 ? name : name + "-" + i)).toList();
    }

    /** One device as both sides share it. */
    static final class Device {
        final String name;
        long serverPointer;
        boolean named;
        boolean closed;
        boolean claimed;
        boolean inError;
        final Deque<Sending> queue = new ArrayDeque<>();

        Device(String name) {
            this.name = name;
        }
    }

    /** One client object: a member of a set, or of none. */
    static final class Client {
        final ClientHalf half;
        final boolean primary;
        SetModel set;
        boolean configured;
        /** Every device it ever opened, those of sets that it has closed too. */
        final List<Opened> opened = new ArrayList<>();

        Client(ClientHalf half, boolean primary) {
            this.half = half;
            this.primary = primary;
        }

        @Override
        public String toString() {
            return primary ? "primary" : "secondary";
        }
    }

    /** A device as the client that opened it has it. */
    static final class Opened {
        final long pointer;
        final SetModel set;
        final Device device;
        /** The client has closed the set. */
        boolean over;
        /** GetCommand has returned VD_E_CLOSE. */
        boolean closeSeen;
        /** Command blocks fetched and not completed. */
        final Map<Long, Fetched> active = new LinkedHashMap<>();
        long lastCompleted;

        Opened(long pointer, SetModel set, Device device) {
            this.pointer = pointer;
            this.set = set;
            this.device = device;
        }

        boolean finished() {
            return closeSeen || device.closed && device.queue.isEmpty() && active.isEmpty();
        }
    }

    /** A command at the client, and where its buffer is there. */
    record Fetched(Sending sending, long buffer) {
    }

    boolean allNamed() {
        return devices.stream().allMatch(device -> device.named);
    }

    boolean allClaimed() {
        return devices.stream().allMatch(device -> device.claimed);
    }

    /** Normally terminated. */
    boolean allClosed() {
        return devices.stream().allMatch(device -> device.closed);
    }

    long serverOpen() {
        return devices.stream().filter(device -> device.named && !device.closed).count();
    }
}
