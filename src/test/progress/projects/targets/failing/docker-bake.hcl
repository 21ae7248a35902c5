group "default" {
  targets = ["web", "api"]
}

target "web" {
  target  = "web"
  network = "none"
}

target "api" {
  target  = "api"
  network = "none"
}
