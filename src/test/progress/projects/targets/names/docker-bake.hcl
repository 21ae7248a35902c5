group "default" {
  targets = ["web", "api", "job"]
}

target "web" {
  context = "web"
  network = "none"
}

target "api" {
  context = "api"
  network = "none"
}

target "job" {
  context = "job"
  network = "none"
}
