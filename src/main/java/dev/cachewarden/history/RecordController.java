package dev.cachewarden.history;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.history.RecordQuery.Sort;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoints of cache records, as pages in JSON or as a whole list in CSV. */
@RestController
@RequestMapping("/api/v1/records")
class RecordController {

    private final UsageHistory history;
    private final HostRegistry registry;

    RecordController(UsageHistory history, HostRegistry registry) {
        this.history = history;
        this.registry = registry;
    }

    /** Returns a page of the list of existing records. Deleted records are available only by their id. */
    @GetMapping
    Page<CacheRecordResponse> listRecords(RecordListRequest request, Paging paging) {
        var hosts = registry.all();
        var byBuilder = byBuilder(hosts);
        var part = history.records(request.toQuery(hosts), paging.after(), paging.size());
        var lives = part.items();
        var children = history.childCounts(lives);
        return new Page<>(
                IntStream.range(0, lives.size())
                        .mapToObj(i -> CacheRecordResponse.of(
                                lives.get(i), byBuilder.get(lives.get(i).builder()), children.get(i)))
                        .toList(),
                part.next());
    }

    /** Returns the sums over the whole list. */
    @GetMapping("/usage")
    CacheUsageResponse getRecordUsage(RecordListRequest request) {
        return CacheUsageResponse.of(history.sum(request.toQuery(registry.all())));
    }

    /** Writes the whole list as CSV, for clients that accept this type. */
    @Hidden
    @GetMapping(produces = "text/csv")
    void listRecordsAsCsv(RecordListRequest request, HttpServletResponse response) throws IOException {
        var hosts = registry.all();
        write(request.toQuery(hosts), byBuilder(hosts), response);
    }

    /** Writes the whole list as CSV, for links. */
    @Hidden
    @GetMapping(params = "format=csv")
    void listRecordsAsCsvByLink(RecordListRequest request, HttpServletResponse response) throws IOException {
        listRecordsAsCsv(request, response);
    }

    private void write(RecordQuery query, Map<BuilderId, WatchedHost> hosts, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"cache-records.csv\"");
        // The response's own writer hides that the client closed the connection.
        var out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        var csv = CacheRecordResponse.CSV.writeTo(out);
        history.forEach(query, life -> csv.accept(CacheRecordResponse.of(life, hosts.get(life.builder()), null)));
        out.flush();
    }

    private static Map<BuilderId, WatchedHost> byBuilder(Collection<WatchedHost> hosts) {
        var byBuilder = new HashMap<BuilderId, WatchedHost>();
        hosts.forEach(host -> host.builders().forEach(builder -> byBuilder.put(builder.id(), host)));
        return byBuilder;
    }

    /**
     * The query parameters of a list of records. They add to the filter. If a parameter and the filter both set a size, an age, or a text, the
     * parameter takes precedence.
     *
     * @param q filter as in the page: {@code type:exec.cachemount size:>1GiB unused:>7d state:reclaimable host:ci-1 npm install}
     * @param host names or ids of hosts
     * @param type record types
     * @param state {@code reclaimable}, {@code shared}, {@code in-use}, or {@code in-use-shared}
     * @param text part of the description, or start of the id
     * @param minSize minimum size, such as {@code 1GiB}
     * @param unusedFor minimum time without use, such as {@code 7d} or {@code PT168H}
     * @param sort {@code size}, {@code lastUsed}, {@code created}, {@code uses}, or {@code type}; the prefix {@code -} lists the largest,
     * latest, or most used first; absent means {@code -size}
     */
    record RecordListRequest(
            @Nullable String q,
            @Nullable List<String> host,
            @Nullable List<String> type,
            @Nullable List<String> state,
            @Nullable String text,
            @Nullable String minSize,
            @Nullable String unusedFor,
            @Nullable String sort) {

        private static final Map<String, Sort> SORTS = sorts();

        private static Map<String, Sort> sorts() {
            var sorts = new LinkedHashMap<String, Sort>();
            sorts.put("size", Sort.SIZE);
            sorts.put("lastUsed", Sort.LAST_USED);
            sorts.put("created", Sort.CREATED);
            sorts.put("uses", Sort.USES);
            sorts.put("type", Sort.TYPE);
            return sorts;
        }

        /**
         * Converts the parameters to a query.
         *
         * @throws InvalidInputException naming the invalid parameter or the unknown host
         */
        RecordQuery toQuery(Collection<WatchedHost> hosts) {
            var filter = RecordFilter.parse(q);
            var all = new RecordFilter(
                    union(filter.hosts(), host, Function.identity()),
                    union(filter.types(), type, RecordType::new),
                    union(filter.states(), state, RecordListRequest::state),
                    orNull(text) == null ? filter.text() : text,
                    read("minSize", orNull(minSize), ByteSize::parse, filter.minSize()),
                    read("unusedFor", orNull(unusedFor), Durations::parse, filter.unusedFor()));
            String order = Objects.requireNonNullElse(orNull(sort), "-size");
            boolean descending = order.startsWith("-");
            return all.toQuery(
                    name -> hosts.stream()
                            .filter(host -> isCalled(host, name))
                            .map(WatchedHost::id)
                            .findFirst(),
                    sort(descending ? order.substring(1) : order),
                    descending);
        }

        private static boolean isCalled(WatchedHost host, String nameOrId) {
            return host.name().equals(nameOrId) || host.id().toString().equals(nameOrId);
        }

        private static <T> Set<T> union(Set<T> typed, @Nullable List<String> given, Function<String, T> read) {
            var all = new LinkedHashSet<>(typed);
            if (given != null) {
                given.stream().filter(RecordListRequest::given).map(read).forEach(all::add);
            }
            return all;
        }

        private static UsageState state(String text) {
            try {
                return RecordFilter.stateOf(text);
            } catch (IllegalArgumentException e) {
                throw new InvalidInputException("state", String.valueOf(e.getMessage()));
            }
        }

        private static Sort sort(String text) {
            var sort = SORTS.get(text);
            if (sort == null) {
                throw new InvalidInputException(
                        "sort",
                        "'" + text + "' is not a sort order; use one of " + String.join(", ", SORTS.keySet())
                                + ", with a - in front for descending order");
            }
            return sort;
        }

        private static <T> @Nullable T read(
                String field, @Nullable String text, Function<String, T> parse, @Nullable T otherwise) {
            try {
                return text == null ? otherwise : parse.apply(text);
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new InvalidInputException(field, String.valueOf(e.getMessage()));
            }
        }

        private static boolean given(String text) {
            return !text.isBlank();
        }

        /** Returns null for a blank text: a blank form field counts as absent. */
        private static @Nullable String orNull(@Nullable String text) {
            return text == null || text.isBlank() ? null : text;
        }
    }
}
