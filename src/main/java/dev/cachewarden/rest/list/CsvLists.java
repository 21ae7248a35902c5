package dev.cachewarden.rest.list;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes lists of JSON objects as CSV, with a column for each field. A nested field has the name of its parent as a prefix. */
@Component
public class CsvLists {

    static final String TYPE = "text/csv;charset=UTF-8";

    private final JsonMapper json;

    CsvLists(JsonMapper json) {
        this.json = json;
    }

    /**
     * Writes a complete list page by page, so that it is never in memory.
     *
     * @param file name of the file without its extension
     * @param item type of the items
     * @param pages returns the page after a cursor, which is null for the first page
     */
    public <T> void write(
            HttpServletResponse response, String file, Class<T> item, Function<@Nullable String, Page<T>> pages)
            throws IOException {
        // An invalid filter fails here, before the headers.
        var page = pages.apply(null);
        response.setContentType(TYPE);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + ".csv\"");
        // The writer of the response hides that the client disconnected.
        var out = writer(response.getOutputStream());
        var csv = new CsvTable<>(item, out, json);
        page.items().forEach(csv::row);
        while (page.next() != null) {
            page = pages.apply(page.next());
            page.items().forEach(csv::row);
        }
        out.flush();
    }

    /** Writes the items of one page. */
    <T> void write(OutputStream response, Class<T> item, Iterable<?> items) throws IOException {
        var out = writer(response);
        var csv = new CsvTable<>(item, out, json);
        items.forEach(one -> csv.row(item.cast(one)));
        out.flush();
    }

    private static BufferedWriter writer(OutputStream response) {
        return new BufferedWriter(new OutputStreamWriter(response, StandardCharsets.UTF_8));
    }
}
