package io.github.sqlvdi.mtf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The columns are those of SQL Server 2022's documentation, in its order and with its types, and the Javadoc of each names
 * the column and its place in {@code docs/mtf-reference.md}.
 */
class CheckoutColumnsTest {

    private static final String HEADERONLY = """
            BackupName nvarchar(128)
            BackupDescription nvarchar(255)
            BackupType smallint
            ExpirationDate datetime
            Compressed bit
            Position smallint
            DeviceType tinyint
            UserName nvarchar(128)
            ServerName nvarchar(128)
            DatabaseName nvarchar(128)
            DatabaseVersion int
            DatabaseCreationDate datetime
            BackupSize numeric(20,0)
            FirstLSN numeric(25,0)
            LastLSN numeric(25,0)
            CheckpointLSN numeric(25,0)
            DatabaseBackupLSN numeric(25,0)
            BackupStartDate datetime
            BackupFinishDate datetime
            SortOrder smallint
            CodePage smallint
            UnicodeLocaleId int
            UnicodeComparisonStyle int
            CompatibilityLevel tinyint
            SoftwareVendorId int
            SoftwareVersionMajor int
            SoftwareVersionMinor int
            SoftwareVersionBuild int
            MachineName nvarchar(128)
            Flags int
            BindingID uniqueidentifier
            RecoveryForkID uniqueidentifier
            Collation nvarchar(128)
            FamilyGUID uniqueidentifier
            HasBulkLoggedData bit
            IsSnapshot bit
            IsReadOnly bit
            IsSingleUser bit
            HasBackupChecksums bit
            IsDamaged bit
            BeginsLogChain bit
            HasIncompleteMetaData bit
            IsForceOffline bit
            IsCopyOnly bit
            FirstRecoveryForkID uniqueidentifier
            ForkPointLSN numeric(25,0)
            RecoveryModel nvarchar(60)
            DifferentialBaseLSN numeric(25,0)
            DifferentialBaseGUID uniqueidentifier
            BackupTypeDescription nvarchar(60)
            BackupSetGUID uniqueidentifier
            CompressedBackupSize bigint
            Containment tinyint
            KeyAlgorithm nvarchar(32)
            EncryptorThumbprint varbinary(20)
            EncryptorType nvarchar(32)
            LastValidRestoreTime datetime
            TimeZone nvarchar(32)
            CompressionAlgorithm nvarchar(32)
            """;
    private static final String FILELISTONLY = """
            LogicalName nvarchar(128)
            PhysicalName nvarchar(260)
            Type char(1)
            FileGroupName nvarchar(128)
            Size numeric(20,0)
            MaxSize numeric(20,0)
            FileId bigint
            CreateLSN numeric(25,0)
            DropLSN numeric(25,0)
            UniqueId uniqueidentifier
            ReadOnlyLSN numeric(25,0)
            ReadWriteLSN numeric(25,0)
            BackupSizeInBytes bigint
            SourceBlockSize int
            FileGroupId int
            LogGroupGUID uniqueidentifier
            DifferentialBaseLSN numeric(25,0)
            DifferentialBaseGUID uniqueidentifier
            IsReadOnly bit
            IsPresent bit
            TDEThumbprint varbinary(32)
            SnapshotUrl nvarchar(360)
            """;
    private static final String LABELONLY = """
            MediaName nvarchar(128)
            MediaSetId uniqueidentifier
            FamilyCount int
            FamilySequenceNumber int
            MediaFamilyId uniqueidentifier
            MediaSequenceNumber int
            MediaLabelPresent tinyint
            MediaDescription nvarchar(255)
            SoftwareName nvarchar(128)
            SoftwareVendorId int
            MediaDate datetime
            MirrorCount int
            IsCompressed bit
            """;
    private static final Pattern COLUMN = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s+public static final Column<[^;]*?column\\(\"(\\w+)\"", Pattern.DOTALL);

    @Test
    void columnsAreThoseOfSqlServer2022() {
        assertEquals(HEADERONLY, described(HeaderColumns.ALL));
        assertEquals(FILELISTONLY, described(FileColumns.ALL));
        assertEquals(LABELONLY, described(LabelColumns.ALL));
    }

    private static String described(List<Column<?>> columns) {
        return columns.stream().map(column -> column.name() + " " + column.sqlType() + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void eachTypeOfSqlServerHasItsTypeOfJava() {
        all().forEach(column -> {
            Class<?> expected = switch (column.sqlType().replaceFirst("\\(.*", "")) {
                case "nvarchar", "char" -> String.class;
                case "bit" -> Boolean.class;
                case "tinyint", "smallint", "int" -> Integer.class;
                case "bigint" -> Long.class;
                case "numeric" -> column.sqlType().equals("numeric(25,0)") ? Lsn.class : Long.class;
                case "datetime" -> LocalDateTime.class;
                case "uniqueidentifier" -> UUID.class;
                case "varbinary" -> byte[].class;
                default -> throw new AssertionError(column.sqlType());
            };
            assertEquals(expected, column.type(), column.name());
        });
    }

    @Test
    void javadocNamesColumnAndPlaceAndHowSureItIs() throws IOException {
        String reference = Files.readString(Checkout.root().resolve("docs/mtf-reference.md"));
        for (Map.Entry<String, List<Column<?>>> columns : Map.of("HeaderColumns", HeaderColumns.ALL, "FileColumns",
                FileColumns.ALL, "LabelColumns", LabelColumns.ALL).entrySet()) {
            Map<String, String> javadocs = javadocs(columns.getKey());
            for (Column<?> column : columns.getValue()) {
                String name = columns.getKey() + " " + column.name();
                String text = javadocs.get(column.name());
                assertTrue(text.startsWith("{@code " + column.name() + "}: "), name);
                assertTrue(text.contains("MTF reference "), name + " names no section");
                boolean placed = text.matches(".*\\b(TAPE|RAID|SSET|VOLB|SCIN|SFGI|SFIN) 0x[0-9a-f]{2}.*|.*container.*"
                        + "|.*compression.*");
                assertEquals(column.evidence() != Evidence.ABSENT, placed, name + ": " + text);
                assertEquals(column.evidence() == Evidence.ABSENT, text.contains("No place in the stream is known."),
                        name);
                assertEquals(column.evidence() == Evidence.GUESSED, text.contains("Guessed."), name);
                assertTrue(reference.contains(column.name()) || isInARange(column.name()),
                        "docs/mtf-reference.md does not name " + name);
            }
        }
    }

    /** The reference writes "SoftwareVersionMajor/Minor/Build" and "HasBulkLoggedData .. IsForceOffline". */
    private static boolean isInARange(String name) {
        List<String> names = HeaderColumns.ALL.stream().map(Column::name).toList();
        int index = names.indexOf(name);
        return name.startsWith("SoftwareVersion")
                || index > names.indexOf("HasBulkLoggedData") && index < names.indexOf("IsForceOffline");
    }

    private static Map<String, String> javadocs(String type) throws IOException {
        Path source = Checkout.root().resolve("api/core/src/main/java/io/github/sqlvdi/mtf/" + type + ".java");
        Map<String, String> javadocs = new LinkedHashMap<>();
        Matcher columns = COLUMN.matcher(Files.readString(source));
        while (columns.find()) {
            javadocs.put(columns.group(2), columns.group(1).replaceAll("\\s*\n\\s*\\*", "").strip());
        }
        return javadocs;
    }

    private static Stream<Column<?>> all() {
        return Stream.of(HeaderColumns.ALL, FileColumns.ALL, LabelColumns.ALL).flatMap(List::stream);
    }
}
