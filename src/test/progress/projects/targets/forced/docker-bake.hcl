group "default" {
  targets = ["web", "api"]
}

target "web" {
  target   = "web"
  network  = "none"
  no-cache = true
}

target "api" {
  target  = "api"
  network = "none"
}
