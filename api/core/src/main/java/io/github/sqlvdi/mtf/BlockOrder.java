package io.github.sqlvdi.mtf;

import java.util.Locale;

/**
 * The order of blocks (MTF reference 1): {@code TAPE SFMB SSET VOLB MSCI MSDA* MSTL+ MSLS SFMB ESET ESET SFMB}. Between
 * {@code MSCI} and {@code MSLS} blocks of other names may stand that later versions may have.
 */
final class BlockOrder {

    private enum Place {
        START("TAPE"),
        LABELLED("SFMB"),
        MARKED("SSET"),
        STARTED("VOLB"),
        NAMED("MSCI"),
        DATA("MSDA or MSTL"),
        LOG("MSTL or MSLS"),
        CONFIGURED("SFMB"),
        CLOSING("ESET"),
        CLOSED("a second ESET"),
        ENDING("SFMB"),
        END("nothing");

        private final String expected;

        Place(String expected) {
            this.expected = expected;
        }
    }

    private Place place = Place.START;

    /** Whether the last block of the stream was there. */
    boolean isAtEnd() {
        return place == Place.END;
    }

    /** Whether a block of another name may be passed over. */
    boolean allowsUnknown() {
        return place == Place.DATA || place == Place.LOG;
    }

    /** What may come next, in words. */
    String expected() {
        return place.expected;
    }

    /** Takes the type of a block that is known. */
    void next(String type) throws OffenceException {
        Place next = switch (type) {
            case "TAPE" -> at(Place.START, Place.LABELLED);
            case "SFMB" -> switch (place) {
                case LABELLED -> Place.MARKED;
                case CONFIGURED -> Place.CLOSING;
                case ENDING -> Place.END;
                default -> null;
            };
            case "SSET" -> at(Place.MARKED, Place.STARTED);
            case "VOLB" -> at(Place.STARTED, Place.NAMED);
            case "MSCI" -> at(Place.NAMED, Place.DATA);
            case "MSDA" -> at(Place.DATA, Place.DATA);
            case "MSTL" -> place == Place.DATA || place == Place.LOG ? Place.LOG : null;
            case "MSLS" -> at(Place.LOG, Place.CONFIGURED);
            case "ESET" -> place == Place.CLOSING ? Place.CLOSED : at(Place.CLOSED, Place.ENDING);
            default -> throw new AssertionError(type);
        };
        if (next == null) {
            if (type.equals("SSET") && (place == Place.CLOSED || place == Place.ENDING)) {
                throw OffenceException.unknown("another backup set follows; this version reads the first one only");
            }
            throw OffenceException
                    .damaged(String.format(Locale.ROOT, "a block %s stands here: expected %s", type, place.expected));
        }
        place = next;
    }

    private Place at(Place now, Place next) {
        return place == now ? next : null;
    }
}
