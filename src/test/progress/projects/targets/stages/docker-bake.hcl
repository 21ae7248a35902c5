group "default" {
  targets = ["web", "api", "tests"]
}

target "web" {
  target  = "web"
  network = "none"
}

target "api" {
  target  = "api"
  network = "none"
}

target "tests" {
  target  = "tests"
  network = "none"
}
