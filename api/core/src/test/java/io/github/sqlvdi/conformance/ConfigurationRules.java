package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.FeatureBits.COMPLETE_ENABLED;
import static io.github.sqlvdi.conformance.FeatureBits.LIKE_TAPE;
import static io.github.sqlvdi.conformance.FeatureBits.READ_MEDIA;
import static io.github.sqlvdi.conformance.FeatureBits.REQUEST_COMPLETE;
import static io.github.sqlvdi.conformance.FeatureBits.WRITE_MEDIA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** The round trip of the configuration's 11 fields and the answer bits (VDI reference 4.1, 6.1, 6.2, 6.4). */
final class ConfigurationRules {

    private static final RawConfig REQUEST = RawConfig.of(3, LIKE_TAPE | REQUEST_COMPLETE, 48, 2048, 1024,
            0x8765_4321, 0xFFFF_FF00, 11, 22, 33, 44);

    private ConfigurationRules() {
    }

    static List<Case> cases() {
        return List.of(
                Rule.of("6.2", "the server reads what the client asked for", s -> {
                    RawConfig seen = s.opened().server().getConfiguration().config();
                    assertEquals(REQUEST.withServerFields(0, 0, 0, 0), seen.withServerFields(0, 0, 0, 0));
                }).setup(tape()).covers("4.1 VDConfig"),
                Rule.of("6.2", "the client reads what the server decided, the other fields unchanged", s -> {
                    RawConfig seen = s.configured().client.getConfiguration(0).config();
                    assertEquals(8192, seen.blockSize(), "blockSize");
                    assertEquals(131072, seen.maxTransferSize(), "maxTransferSize");
                    assertEquals(4, seen.maxIoDepth(), "maxIODepth");
                    assertEquals(16384, seen.alignment(), "alignment");
                    assertEquals(LIKE_TAPE | REQUEST_COMPLETE | WRITE_MEDIA | COMPLETE_ENABLED, seen.features(),
                            "features");
                    int area = seen.bufferAreaSize();
                    assertTrue(Integer.toUnsignedLong(area) >= 4L * 131072, "bufferAreaSize " + area);
                    assertEquals(REQUEST.withFeatures(0).withAlignment(0).withServerFields(0, 0, 0, 0),
                            seen.withFeatures(0).withAlignment(0).withServerFields(0, 0, 0, 0),
                            "the client's own fields");
                }).setup(tape()).covers("6.2 deviceCount", "6.2 features", "6.2 prefixZoneSize", "6.2 alignment",
                        "6.2 softFileMarkBlockSize", "6.2 EOMWarningSize", "6.2 serverTimeOut", "6.2 blockSize",
                        "6.2 maxIODepth", "6.2 maxTransferSize", "6.2 bufferAreaSize"),
                Rule.of("2.4", "a secondary reads the same configuration", s -> {
                    RawConfig primary = s.configured().client.getConfiguration(0).config();
                    assertEquals(primary, s.joined().getConfiguration(0).config());
                }).setup(tape()),
                Rule.of("3.7.3", "alignment 0 becomes the block size", s -> assertEquals(4096,
                        s.configured().client.getConfiguration(0).config().alignment()))
                        .setup(Setup.devices(1).blocks(4096, 0, 65536)),
                Rule.of("6.2", "a pipe-like backup client that asked for nothing gets exactly 0x10000",
                        s -> assertEquals(
                                0x10000, s.configured().client.getConfiguration(0).config().features()))
                        .covers("5.1 VDF_LikePipe"),
                answered("a restore is told by ReadMedia", 0, READ_MEDIA),
                answered("both directions together", 0, WRITE_MEDIA | READ_MEDIA),
                answered("VDC_Complete asked for and answered", REQUEST_COMPLETE, WRITE_MEDIA | COMPLETE_ENABLED),
                answered("VDC_Complete asked for, a server that does not know it", REQUEST_COMPLETE, WRITE_MEDIA),
                Rule.of("8.16", "VDC_Complete is the last command before the close",
                        ConfigurationRules::completeComesLast)
                        .setup(Setup.devices(1).features(REQUEST_COMPLETE).answering(WRITE_MEDIA | COMPLETE_ENABLED)),
                Rule.of("3.5.5", "the same client object makes one set after the other", s -> {
                    for (int i = 0; i < 3; i++) {
                        s.deviceOfPastSet();
                    }
                    s.active();
                }));
    }

    private static Setup tape() {
        return Setup.devices(3).requesting(REQUEST).answering(WRITE_MEDIA | COMPLETE_ENABLED)
                .blocks(8192, 16384, 131072).buffers(131072, 0, 4);
    }

    private static Rule answered(String title, int asked, int answer) {
        return Rule.of("6.4", title, s -> assertEquals(asked | answer,
                s.configured().client.getConfiguration(0).config().features()))
                .setup(Setup.devices(1).features(asked).answering(answer));
    }

    private static void completeComesLast(Stage stage) {
        stage.active();
        for (int command : new int[]{CommandNumbers.FLUSH, CommandNumbers.COMPLETE}) {
            long tag = stage.send(stage.serverDevice(), Stage.sending(command));
            Reply.OfCommand seen = stage.fetch(stage.clientDevice());
            assertEquals(command, seen.command());
            Stage.ok("CompleteCommand", stage.client.completeCommand(stage.clientDevice(), seen.pointer(), 0, 0, 0));
            assertEquals(0, stage.server().awaitCompletion(tag).completionCode());
        }
        stage.normallyTerminated();
    }
}
