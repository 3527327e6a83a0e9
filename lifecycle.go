package spectron

// Lifecycle keeps the memory of a Context in order.
type Lifecycle struct {
	context *contextHandle
}

// Lifecycle returns the lifecycle of the Context's memory.
func (c *Context) Lifecycle() *Lifecycle { return &Lifecycle{&c.contextHandle} }
