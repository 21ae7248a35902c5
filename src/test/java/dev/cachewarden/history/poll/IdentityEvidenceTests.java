package dev.cachewarden.history.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.history.poll.IdentityEvidence.Seen;
import dev.cachewarden.host.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Readings of hosts A and B in turn, one a minute. A reading is written as its host and the records: {@code A:x60,y5} is host A with record
 * x, created 60 minutes before the first reading, and y, created 5 minutes before; {@code z-2} was created two minutes after it, and
 * {@code n} at an unknown time.
 */
class IdentityEvidenceTests {

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            the same all the time                       | A:a60,b60,c60 B:a60,b60,c60 A:a60,b60,c60 B:a60,b60,c60 | false
            a build between two readings                | A:a60 B:a60,b-1,c-1,d-1 A:a60,b-1,c-1,d-1,e-2 B:a60,e-2 | false
            a build on an empty engine                  | A: B:b-1,c-1,d-1 A:b-1,c-1,d-1 B:b-1,c-1,d-1            | false
            all pruned between two readings             | A:a60,b60,c60 B: A: B:                                  | false
            all pruned, then another build              | A:a60,b60,c60 B: A:d-2,e-2,f-2 B:d-2,e-2,f-2            | false
            both empty                                  | A: B: A: B:                                             | false
            old dates imported once                     | A:z60 B:z60,a60,b60,c60 A:z60,a60,b60,c60 B:z60,a60,b60,c60 | false
            old dates imported again and again          | A:z60 B:z60,a60,b60,c60 A:z60,a60,b60,c60 B:z60,a60,b60,c60,d60,e60,f60 A:z60,a60,b60,c60,d60,e60,f60 | false
            dates unknown                               | A:an,bn,cn B:xn,yn,zn A:an,bn,cn B:xn,yn,zn             | false
            one reading only                            | A:a60,b60,c60 B:x60,y60,z60                             | false
            only one of them read again                 | B:x60,y60 A:a60,b60 A:a60,b60 A:a60,b60                 | false
            one old record more on a shared cache       | A:a60,b60 B:a60,b60,c60 A:a60,b60 B:a60,b60,c60         | false
            nothing in common                           | A:a60,b60 B:x60,y60 A:a60,b60 B:x60,y60                 | true
            a liar without records                      | B: A:a60 B: A:a60                                       | true
            a liar with new records only                | B:x-1 A:a60,b60 B:x-1 A:a60,b60                         | true
            machines cloned from one image              | A:c99,a60,b60,d60 B:c99,x60 A:c99,a60,b60,d60 B:c99,x60 A:c99,a60,b60,d60 | true
            """)
    void compareOnlyWhatCannotDiffer(String name, String readings, boolean conflict) {
        var evidence = new IdentityEvidence();
        var hosts = Map.of("A", new HostId(1), "B", new HostId(2));
        boolean found = false;
        int minute = 0;
        for (String reading : readings.strip().split(" +")) {
            String host = reading.substring(0, 1);
            var other = hosts.get(host.equals("A") ? "B" : "A");
            var seen = new Seen(NOON.plus(Duration.ofMinutes(minute++)), records(reading.substring(2)));
            found |= evidence.add(Objects.requireNonNull(hosts.get(host)), seen, List.of(Objects.requireNonNull(other)))
                    .isPresent();
        }

        assertThat(found).isEqualTo(conflict);
    }

    private static Map<String, @Nullable Instant> records(String text) {
        var records = new HashMap<String, @Nullable Instant>();
        for (String record : text.isEmpty() ? new String[0] : text.split(",")) {
            String created = record.substring(1);
            records.put(
                    record.substring(0, 1),
                    created.equals("n") ? null : NOON.minus(Duration.ofMinutes(Long.parseLong(created))));
        }
        return records;
    }
}
