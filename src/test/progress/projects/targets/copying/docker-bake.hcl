group "default" {
  targets = ["assets", "web", "docs"]
}

target "assets" {
  target  = "assets"
  network = "none"
}

target "web" {
  target  = "web"
  network = "none"
}

target "docs" {
  target  = "docs"
  network = "none"
}
