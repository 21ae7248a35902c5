group "default" {
  targets = ["web", "api", "job"]
}

target "web" {
  dockerfile = "web.Dockerfile"
  network    = "none"
}

target "api" {
  dockerfile = "api.Dockerfile"
  network    = "none"
}

target "job" {
  dockerfile = "job.Dockerfile"
  network    = "none"
}
