group "default" {
  targets = ["web"]
}

target "web" {
  target  = "web"
  network = "none"
}
