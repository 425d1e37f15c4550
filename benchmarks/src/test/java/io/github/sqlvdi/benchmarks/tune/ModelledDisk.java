package io.github.sqlvdi.benchmarks.tune;

import io.github.sqlvdi.benchmarks.server.MeasuredJob;
import io.github.sqlvdi.benchmarks.server.Setting;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The time that a backup takes on a machine that is described by numbers. It is computed from the transfers of the backup, so
 * it is the same on every machine. A transfer waits for a free buffer, is read from the disk of the database, needs a CPU, and
 * is written by its device to the disk of the backup, whose devices disturb each other.
 *
 * @param readRate bytes a second of the database's disk, which reads one transfer at a time
 * @param readLatency seconds of each read
 * @param writeRate bytes a second of one device
 * @param writeLatency seconds of each write
 * @param diskRate bytes a second of all devices together
 * @param disturbance by which part each further device slows the disk of the backup
 * @param cpus how many there are
 * @param cpuTransfer CPU seconds of each transfer
 * @param cpuByte CPU seconds of each byte
 * @param cache bytes of buffers above which each byte costs twice the CPU time
 */
record ModelledDisk(
        double readRate,
        double readLatency,
        double writeRate,
        double writeLatency,
        double diskRate,
        double disturbance,
        int cpus,
        double cpuTransfer,
        double cpuByte,
        long cache) {

    /** {@return a machine of any kind: spinning or not, with few or many CPUs} */
    static ModelledDisk any(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double writeRate = 1e8 * Math.pow(10, random.nextDouble());
        return new ModelledDisk(2e8 * Math.pow(20, random.nextDouble()), 1e-4 * Math.pow(20, random.nextDouble()),
                writeRate, 1e-4 * Math.pow(50, random.nextDouble()), writeRate * (1 + 7 * random.nextDouble()),
                0.1 * random.nextDouble(), 1 + random.nextInt(8), 1e-5 * Math.pow(10, random.nextDouble()),
                1e-10 * Math.pow(10, random.nextDouble()), (8L << 20) << random.nextInt(6));
    }

    /**
     * Computes a backup.
     *
     * @param setting how it is made
     * @param transfers the sizes of the transfers of each device, in their order
     * @return its bytes and its computed time
     */
    MeasuredJob backup(Setting setting, List<List<Integer>> transfers) {
        PriorityQueue<Double> buffers = new PriorityQueue<>(Collections.nCopies(setting.buffers(), 0.0));
        PriorityQueue<Double> processors = new PriorityQueue<>(Collections.nCopies(cpus, 0.0));
        double[] devices = new double[transfers.size()];
        double together = diskRate / (1 + disturbance * (transfers.size() - 1));
        double perByte = setting.memory() > cache ? 2 * cpuByte : cpuByte;
        double reader = 0;
        double disk = 0;
        double cpu = 0;
        long bytes = 0;
        int longest = transfers.stream().mapToInt(List::size).max().orElseThrow();
        for (int turn = 0; turn < longest; turn++) {
            for (int device = 0; device < transfers.size(); device++) {
                if (turn < transfers.get(device).size()) {
                    int size = transfers.get(device).get(turn);
                    reader = Math.max(reader, buffers.remove()) + readLatency + size / readRate;
                    double work = cpuTransfer + size * perByte;
                    double worked = Math.max(reader, processors.remove()) + work;
                    processors.add(worked);
                    double begin = Math.max(worked, devices[device]);
                    disk = Math.max(disk, begin) + size / together;
                    devices[device] = Math.max(begin + writeLatency + size / writeRate, disk);
                    buffers.add(devices[device]);
                    cpu += work;
                    bytes += size;
                }
            }
        }
        return new MeasuredJob(bytes, Arrays.stream(devices).max().orElseThrow(), cpu);
    }
}
