group "default" {
  targets = ["web", "mirror"]
}

target "web" {
  network = "none"
  tags    = ["targets-web:1"]
}

target "mirror" {
  network = "none"
  tags    = ["targets-mirror:1"]
}
