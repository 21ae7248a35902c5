package dev.cachewarden.build.web;

import dev.cachewarden.rest.OwnAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An endpoint for the wrapper scripts, which contain the URL of this service if it is known. The scripts contain no secrets. */
@RestController
class ScriptController {

    private static final String PLACE = "@URL@";
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    private final OwnAddress address;

    ScriptController(OwnAddress address) {
        this.address = address;
    }

    @GetMapping("/scripts/cachewarden-build")
    ResponseEntity<String> shell(HttpServletRequest request) throws IOException {
        return script("cachewarden-build", request);
    }

    @GetMapping("/scripts/cachewarden-build.ps1")
    ResponseEntity<String> powerShell(HttpServletRequest request) throws IOException {
        return script("cachewarden-build.ps1", request);
    }

    private ResponseEntity<String> script(String name, HttpServletRequest request) throws IOException {
        String text = new ClassPathResource("scripts/" + name).getContentAsString(StandardCharsets.UTF_8);
        return ResponseEntity.ok()
                .contentType(TEXT)
                .cacheControl(CacheControl.noCache())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .body(text.replace(PLACE, address.of(request).orElse("")));
    }
}
