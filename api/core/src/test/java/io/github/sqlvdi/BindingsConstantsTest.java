package io.github.sqlvdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.bindings.Vdi;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words have the numbers of the C header, constant by constant. */
class BindingsConstantsTest {

    @Test
    void resultsHaveTheNumbersOfTheHeader() throws ReflectiveOperationException {
        Map<String, Integer> header = header("VD_E_");
        header.putAll(header("S_"));
        header.putAll(header("E_"));
        header.putAll(header("RPC_E_"));
        header.putAll(header("CLASS_E_"));
        header.putAll(header("REGDB_E_"));
        header.putAll(header("CO_E_"));
        assertTrue(header.size() >= 29, header::toString);
        Map<String, Integer> words = new TreeMap<>(IntConstants.of(Hresults.class));
        words.keySet().retainAll(header.keySet());
        assertEquals(header, words);
    }

    @Test
    void completionCodesAreExactlyThoseOfTheHeader() throws ReflectiveOperationException {
        Map<String, Integer> words = IntConstants.of(CompletionCodes.class).entrySet().stream()
                .collect(Collectors.toMap(it -> "ERROR_" + it.getKey(), Map.Entry::getValue));
        assertEquals(header("ERROR_"), words);
    }

    @Test
    void featuresAreExactlyThoseOfTheHeader() throws ReflectiveOperationException {
        Map<String, Integer> words = IntConstants.of(Features.class);
        assertEquals(Features.SERVER_ANSWERS, words.remove("SERVER_ANSWERS"));
        Map<String, Integer> header = header("VDF_");
        assertEquals(withoutUnderscores(header, "VDF_"), withoutUnderscores(words, ""));
    }

    @Test
    void commandsAndWhenceAreExactlyThoseOfTheHeader() throws ReflectiveOperationException {
        Map<String, Integer> words = Stream.of(CommandCode.values()).filter(it -> it != CommandCode.UNKNOWN)
                .collect(Collectors.toMap(CommandCode::nativeName, CommandCode::value));
        Stream.of(Whence.values()).forEach(it -> words.put(
                "VDC_" + it.name().charAt(0) + it.name().substring(1).toLowerCase(Locale.ROOT), it.value()));
        assertEquals(header("VDC_"), words);
    }

    private static Map<String, Integer> header(String prefix) throws ReflectiveOperationException {
        Map<String, Integer> constants = new TreeMap<>();
        for (Method method : Vdi.class.getMethods()) {
            if (method.getName().startsWith(prefix) && method.getParameterCount() == 0) {
                constants.put(method.getName(), (Integer) method.invoke(null));
            }
        }
        return constants;
    }

    private static Map<String, Integer> withoutUnderscores(Map<String, Integer> constants, String prefix) {
        return constants.entrySet().stream().collect(Collectors.toMap(
                it -> it.getKey().substring(prefix.length()).replace("_", "").toLowerCase(Locale.ROOT),
                Map.Entry::getValue));
    }
}
