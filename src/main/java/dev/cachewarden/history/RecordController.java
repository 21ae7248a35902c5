package dev.cachewarden.history;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.list.CsvWriter;
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
import java.util.Map;
import java.util.stream.IntStream;
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
        var csv = new CsvWriter(out, CacheRecordResponse.CSV_COLUMNS);
        history.forEach(
                query,
                life -> csv.row(CacheRecordResponse.of(life, hosts.get(life.builder()), null)
                        .toCsv()));
        out.flush();
    }

    private static Map<BuilderId, WatchedHost> byBuilder(Collection<WatchedHost> hosts) {
        var byBuilder = new HashMap<BuilderId, WatchedHost>();
        hosts.forEach(host -> host.builders().forEach(builder -> byBuilder.put(builder.id(), host)));
        return byBuilder;
    }
}
