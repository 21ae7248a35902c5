group "default" {
  targets = ["web", "api"]
}

target "web" {
  dockerfile = "web.Dockerfile"
  network    = "none"
}

target "api" {
  dockerfile = "api.Dockerfile"
  network    = "none"
}
