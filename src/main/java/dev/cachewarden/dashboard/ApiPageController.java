package dev.cachewarden.dashboard;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The page to browse and try the REST API. Swagger UI renders the OpenAPI document in the browser. */
@Controller
class ApiPageController {

    @GetMapping("/api")
    String page() {
        return "dashboard/api";
    }
}
