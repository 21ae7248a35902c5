package dev.cachewarden.build.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Hands out the wrapper scripts, with the address under which they were asked for. Nothing in them is secret. */
@RestController
class ScriptController {

    private static final String PLACE = "@URL@";
    private static final String UNKNOWN = "http://localhost:8080";

    /** What can stand in a script without meaning anything else there, whatever a caller writes into its Host header. */
    private static final String PLAIN_ADDRESS = "https?://[A-Za-z0-9._:\\[\\]-]{1,253}(/[A-Za-z0-9._/-]*)?";

    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    @GetMapping("/scripts/cachewarden-build")
    ResponseEntity<String> shell() throws IOException {
        return script("cachewarden-build");
    }

    @GetMapping("/scripts/cachewarden-build.ps1")
    ResponseEntity<String> powerShell() throws IOException {
        return script("cachewarden-build.ps1");
    }

    private static ResponseEntity<String> script(String name) throws IOException {
        String text = new ClassPathResource("scripts/" + name).getContentAsString(StandardCharsets.UTF_8);
        String address =
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
        return ResponseEntity.ok()
                .contentType(TEXT)
                .cacheControl(CacheControl.noCache())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .body(text.replace(PLACE, address.matches(PLAIN_ADDRESS) ? address : UNKNOWN));
    }
}
